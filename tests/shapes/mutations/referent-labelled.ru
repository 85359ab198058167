DELETE { ?c skos:prefLabel ?o }
WHERE { SELECT ?c ?o WHERE { ?c a schema:Person ; skos:prefLabel ?o } ORDER BY ?c ?o LIMIT 1 }
