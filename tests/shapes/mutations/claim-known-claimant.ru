# And claim-withdrawn-by-claimant where { ?c prov:wasInvalidatedBy/prov:wasAssociatedWith ?x }
DELETE { ?c sayso:claimant ?o }
INSERT { ?c sayso:claimant person:nobody }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:claimant ?o } ORDER BY ?c ?o LIMIT 1 }
