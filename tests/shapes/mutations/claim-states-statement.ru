DELETE { ?c sayso:states ?s }
INSERT { ?c sayso:states stmt:nobody-said-nothing-00000000 }
WHERE { { SELECT ?c ?s WHERE { ?c a sayso:Claim ; sayso:states ?s . ?d sayso:states ?s . FILTER (?c != ?d) } ORDER BY ?c LIMIT 1 } }
