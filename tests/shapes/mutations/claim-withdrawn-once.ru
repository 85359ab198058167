# twice
INSERT { ?c prov:wasInvalidatedBy <https://w3id.org/sayso/article/back#withdrawal> , <https://w3id.org/sayso/article/back#again> . <https://w3id.org/sayso/article/back#withdrawal> a sayso:Withdrawal ; prov:wasAssociatedWith ?who . <https://w3id.org/sayso/article/back#again> a sayso:Withdrawal ; prov:wasAssociatedWith ?who }
WHERE { SELECT ?c ?who WHERE { ?c sayso:claimant ?who . ?who a schema:Organization } ORDER BY ?c LIMIT 1 }

# by what is no withdrawal
# And claim-withdrawn-by-claimant where { FILTER NOT EXISTS { ?c sayso:claimant ?who . ?x prov:wasAssociatedWith ?who } }
INSERT { ?c prov:wasInvalidatedBy ?x }
WHERE { SELECT ?c ?x WHERE { ?c a sayso:Claim ; sayso:claimant ?who . ?x a sayso:Encoding ; prov:wasAssociatedWith ?w2 } ORDER BY ?c ?x LIMIT 1 }
