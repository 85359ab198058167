INSERT { ?c sayso:relays ?c }
WHERE { SELECT ?c WHERE { ?c a sayso:Claim } ORDER BY ?c LIMIT 1 }
