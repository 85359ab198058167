INSERT { ?c sayso:contradicts ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:states ?s ; sayso:act/sayso:stance ?t . ?o sayso:states ?s ; sayso:act/sayso:stance ?t } ORDER BY ?c ?o LIMIT 1 }
