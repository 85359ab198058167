DELETE { ?c sayso:claimant ?o }
INSERT { ?c sayso:claimant person:nobody }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:claimant ?o } ORDER BY ?c ?o LIMIT 1 }
