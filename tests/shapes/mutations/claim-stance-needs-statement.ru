DELETE { ?c sayso:act act:reports }
INSERT { ?c sayso:act act:asserts }
WHERE { SELECT ?c WHERE { ?c a sayso:Claim ; sayso:act act:reports } ORDER BY ?c LIMIT 1 }
