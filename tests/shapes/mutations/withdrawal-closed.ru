# And claim-withdrawn-once where { ?c prov:wasInvalidatedBy ?before }
INSERT { ?c prov:wasInvalidatedBy <https://w3id.org/sayso/article/back#withdrawal> . <https://w3id.org/sayso/article/back#withdrawal> a sayso:Withdrawal ; prov:wasAssociatedWith ?who ; sayso:certainty cert:certain }
WHERE { SELECT ?c ?who WHERE { ?c sayso:claimant ?who . ?who a schema:Organization } ORDER BY ?c LIMIT 1 }
