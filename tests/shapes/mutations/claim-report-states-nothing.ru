DELETE { ?c sayso:act ?o }
INSERT { ?c sayso:act act:reports }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:states ?s ; sayso:act ?o } ORDER BY ?c ?o LIMIT 1 }
