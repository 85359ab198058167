DELETE { ?c sayso:act ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:act ?o } ORDER BY ?c ?o LIMIT 1 }
