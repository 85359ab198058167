# And claim-withdrawn-once where { ?c prov:wasInvalidatedBy ?before }
INSERT { ?c prov:wasInvalidatedBy <https://w3id.org/sayso/article/back#withdrawal> . <https://w3id.org/sayso/article/back#withdrawal> a sayso:Withdrawal ; prov:wasAssociatedWith ?who ; sayso:saidOn ?d }
WHERE { SELECT ?c ?who ?d WHERE { ?c sayso:claimant ?who ; sayso:saidOn/sayso:earliest ?made . ?d sayso:latest ?then FILTER(STR(?then) < STR(?made)) } ORDER BY ?c ?d LIMIT 1 }
