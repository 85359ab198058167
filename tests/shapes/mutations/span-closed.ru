INSERT { ?c rdfs:comment "first words"@en }
WHERE { SELECT ?c WHERE { ?c a sayso:TextSpan } ORDER BY ?c LIMIT 1 }
