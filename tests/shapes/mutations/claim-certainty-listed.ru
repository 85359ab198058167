DELETE { ?c sayso:certainty ?o }
INSERT { ?c sayso:certainty cert:dubious }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:certainty ?o } ORDER BY ?c ?o LIMIT 1 }
