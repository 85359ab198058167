DELETE { ?c sayso:claimant ?o }
INSERT { ?c sayso:claimant ?e }
WHERE { SELECT ?c ?o ?e WHERE { ?c a sayso:Claim ; sayso:claimant ?o . ?x prov:wasAssociatedWith ?e } ORDER BY ?c ?o ?e LIMIT 1 }
