INSERT { ?c sayso:stance stance:withholds }
WHERE { SELECT ?c WHERE { ?c sayso:stance stance:affirms } ORDER BY ?c LIMIT 1 }
