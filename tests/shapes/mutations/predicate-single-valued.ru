INSERT { ?c sayso:singleValued "perhaps" }
WHERE { SELECT ?c WHERE { ?c a sayso:Predicate } ORDER BY ?c LIMIT 1 }
