INSERT { ?c schema:sameAs "a page" }
WHERE { SELECT ?c WHERE { ?c a schema:Person } ORDER BY ?c LIMIT 1 }
