INSERT { ?c sayso:saidIn ?o , ?p }
WHERE { SELECT ?c ?o ?p WHERE { ?c a sayso:Claim ; sayso:claimant ?p . ?o dcterms:type|schema:url ?x FILTER (?o != ?p) } ORDER BY ?c ?o ?p LIMIT 1 }
