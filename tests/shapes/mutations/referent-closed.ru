INSERT { ?c schema:jobTitle "singer"@en }
WHERE { SELECT ?c WHERE { ?c a schema:Person } ORDER BY ?c LIMIT 1 }
