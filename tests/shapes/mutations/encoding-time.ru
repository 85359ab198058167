DELETE { ?c prov:endedAtTime ?o ; prov:startedAtTime ?s }
WHERE { SELECT ?c ?o ?s WHERE { ?c a sayso:Encoding ; prov:endedAtTime ?o ; prov:startedAtTime ?s } ORDER BY ?c ?o ?s LIMIT 1 }
