INSERT { ?c sayso:omitted omission:noClaim }
WHERE { SELECT ?c WHERE { ?t sayso:sentence ?c FILTER NOT EXISTS { ?c sayso:omitted ?o } } ORDER BY ?c LIMIT 1 }
