DELETE { ?c sayso:saidOn ?o }
INSERT { ?c sayso:saidOn date:1865-11-31 }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:saidOn ?o } ORDER BY ?c ?o LIMIT 1 }
