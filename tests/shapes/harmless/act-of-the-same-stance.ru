DELETE { ?c sayso:act act:asserts }
INSERT { ?c sayso:act act:alleges }
WHERE { SELECT ?c WHERE { ?c sayso:act act:asserts ; sayso:states ?s } ORDER BY ?c LIMIT 1 }
