INSERT { ?c rdfs:comment "said aloud"@en }
WHERE { SELECT ?c WHERE { ?c a sayso:Claim } ORDER BY ?c LIMIT 1 }
