INSERT { ?c sayso:relays ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:claimant ?o } ORDER BY ?c ?o LIMIT 1 }
