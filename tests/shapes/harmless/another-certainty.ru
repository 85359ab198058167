DELETE { ?c sayso:certainty ?o }
INSERT { ?c sayso:certainty cert:possible }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:certainty ?o FILTER (?o != cert:possible) } ORDER BY ?c ?o LIMIT 1 }
