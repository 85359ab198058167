DELETE { ?c prov:startedAtTime ?s }
INSERT { ?c prov:startedAtTime "2999-01-01T00:00:00Z"^^xsd:dateTime }
WHERE { SELECT ?c ?o ?s WHERE { ?c a sayso:Encoding ; prov:endedAtTime ?o ; prov:startedAtTime ?s } ORDER BY ?c ?o ?s LIMIT 1 }
