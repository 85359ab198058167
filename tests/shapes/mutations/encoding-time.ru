# none
DELETE { ?c prov:endedAtTime ?o ; prov:startedAtTime ?s }
WHERE { SELECT ?c ?o ?s WHERE { ?c a sayso:Encoding ; prov:endedAtTime ?o ; prov:startedAtTime ?s } ORDER BY ?c ?o ?s LIMIT 1 }

# a day and no time
DELETE { ?c prov:endedAtTime ?o ; prov:startedAtTime ?s }
INSERT { ?c prov:endedAtTime "2026-11-27"^^xsd:date }
WHERE { SELECT ?c ?o ?s WHERE { ?c a sayso:Encoding ; prov:endedAtTime ?o OPTIONAL { ?c prov:startedAtTime ?s } } ORDER BY ?c ?o ?s LIMIT 1 }

# twice
INSERT { ?c prov:endedAtTime "2999-01-01T00:00:00Z"^^xsd:dateTime }
WHERE { SELECT ?c WHERE { ?c a sayso:Encoding } ORDER BY ?c LIMIT 1 }
