DELETE { ?c sayso:act ?o }
INSERT { ?c sayso:act act:mutters }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:act ?o } ORDER BY ?c ?o LIMIT 1 }
