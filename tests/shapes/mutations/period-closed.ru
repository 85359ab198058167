INSERT { ?c rdfs:comment "that day"@en }
WHERE { SELECT ?c WHERE { ?c a sayso:Period } ORDER BY ?c LIMIT 1 }
