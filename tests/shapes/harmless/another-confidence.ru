DELETE { ?c sayso:confidence ?o }
INSERT { ?c sayso:confidence conf:low }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim OPTIONAL { ?c sayso:confidence ?o } FILTER (COALESCE(?o != conf:low, true)) } ORDER BY ?c ?o LIMIT 1 }
