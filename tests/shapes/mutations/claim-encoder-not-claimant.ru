# And claim-withdrawn-by-claimant where { ?c prov:wasInvalidatedBy ?w }
DELETE { ?c sayso:claimant ?o ; sayso:paraphrase ?p }
INSERT { ?c sayso:claimant ?e ; sayso:paraphrase "The sayso project says that it is so."@en }
WHERE { SELECT ?c ?o ?p ?e WHERE { ?c a sayso:Claim ; sayso:claimant ?o ; sayso:paraphrase ?p . ?c dcterms:isPartOf/prov:wasGeneratedBy/prov:wasAssociatedWith ?e } ORDER BY ?c ?o ?e LIMIT 1 }
