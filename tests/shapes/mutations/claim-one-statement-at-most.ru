INSERT { ?c sayso:states ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:states ?s . ?d sayso:states ?o . FILTER (?o != ?s) } ORDER BY ?c ?o LIMIT 1 }
