INSERT { ?c schema:url <https://example.org/page> }
WHERE { SELECT ?c WHERE { ?c a schema:Person } ORDER BY ?c LIMIT 1 }
