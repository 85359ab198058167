INSERT { ?c sayso:saidIn ?o , ?p }
WHERE { SELECT ?c ?o ?p WHERE { ?c a sayso:Claim . ?o a sayso:Referent . ?p a sayso:Referent . FILTER (?o != ?p) } ORDER BY ?c ?o ?p LIMIT 1 }
