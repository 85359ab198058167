INSERT { ?c sayso:omitted omission:noClaim }
WHERE { SELECT ?c WHERE { ?x sayso:evidence ?c FILTER NOT EXISTS { ?t sayso:sentence ?c } } ORDER BY ?c LIMIT 1 }
