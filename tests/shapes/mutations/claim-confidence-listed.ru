DELETE { ?c sayso:confidence ?o }
INSERT { ?c sayso:confidence conf:shaky }
WHERE { { SELECT ?c WHERE { ?c a sayso:Claim } ORDER BY ?c LIMIT 1 } OPTIONAL { ?c sayso:confidence ?o } }
