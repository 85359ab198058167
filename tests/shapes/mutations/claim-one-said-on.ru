DELETE { ?c sayso:saidOn ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:saidOn ?o } ORDER BY ?c ?o LIMIT 1 }
