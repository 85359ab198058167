INSERT { ?x ?p ?x }
WHERE { SELECT ?p ?x WHERE { ?p a sayso:Predicate . ?x a schema:Person } ORDER BY ?p ?x LIMIT 1 }
