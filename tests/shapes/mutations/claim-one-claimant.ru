# two, and the paraphrase names both
INSERT { ?c sayso:claimant ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:claimant ?w ; sayso:paraphrase ?p . ?o a schema:Organization ; skos:prefLabel ?l . FILTER (LANG(?p) = LANG(?l) && CONTAINS(STR(?p), STR(?l))) FILTER (?o != ?w) FILTER NOT EXISTS { ?e prov:wasAssociatedWith ?o } FILTER NOT EXISTS { ?c prov:wasInvalidatedBy ?x } } ORDER BY ?c ?o LIMIT 1 }

# none
DELETE { ?c sayso:claimant ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:claimant ?o FILTER NOT EXISTS { ?c prov:wasInvalidatedBy ?x } } ORDER BY ?c ?o LIMIT 1 }
