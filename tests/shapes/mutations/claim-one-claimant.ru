# May break claim-paraphrase-names-its-claimant, too.
INSERT { ?c sayso:claimant ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:claimant ?w . ?o a schema:Organization . FILTER (?o != ?w) FILTER NOT EXISTS { ?e prov:wasAssociatedWith ?o } } ORDER BY ?c ?o LIMIT 1 }
