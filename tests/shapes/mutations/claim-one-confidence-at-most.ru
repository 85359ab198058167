INSERT { ?c sayso:confidence conf:high , conf:low }
WHERE { SELECT ?c WHERE { ?c a sayso:Claim } ORDER BY ?c LIMIT 1 }
