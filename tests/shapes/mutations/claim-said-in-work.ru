DELETE { ?c sayso:saidIn ?o }
INSERT { ?c sayso:saidIn work:lost-letter }
WHERE { { SELECT ?c WHERE { ?c a sayso:Claim } ORDER BY ?c LIMIT 1 } OPTIONAL { ?c sayso:saidIn ?o } }
