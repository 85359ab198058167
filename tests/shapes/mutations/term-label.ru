DELETE { ?c rdfs:label ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Predicate ; rdfs:label ?o } ORDER BY ?c ?o LIMIT 1 }
