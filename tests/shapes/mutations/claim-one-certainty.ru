# none
DELETE { ?c sayso:certainty ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:certainty ?o } ORDER BY ?c ?o LIMIT 1 }

# two
INSERT { ?c sayso:certainty cert:possible }
WHERE { SELECT ?c WHERE { ?c a sayso:Claim ; sayso:certainty ?o FILTER (?o != cert:possible) } ORDER BY ?c LIMIT 1 }
