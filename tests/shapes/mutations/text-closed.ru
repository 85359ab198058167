INSERT { ?c schema:wordCount 8 }
WHERE { SELECT ?c WHERE { ?c a sayso:TextVersion } ORDER BY ?c LIMIT 1 }
