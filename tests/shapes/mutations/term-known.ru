INSERT { ?c a sayso:Referrent }
WHERE { SELECT ?c WHERE { ?c a schema:Person } ORDER BY ?c LIMIT 1 }
