# May break claim-paraphrase-names-its-claimant, too.
INSERT { ?c sayso:claimant ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:claimant ?w . ?c sayso:paraphrase ?p . ?o a schema:Organization ; skos:prefLabel ?l . FILTER (CONTAINS(STR(?p), STR(?l))) FILTER (?o != ?w) FILTER NOT EXISTS { ?e prov:wasAssociatedWith ?o } } ORDER BY ?c ?o LIMIT 1 }
