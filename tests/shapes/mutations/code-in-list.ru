DELETE { ?c skos:inScheme ?o }
WHERE { SELECT ?c ?o WHERE { ?c a skos:Concept ; skos:inScheme ?o } ORDER BY ?c ?o LIMIT 1 }
