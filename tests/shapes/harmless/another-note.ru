INSERT { ?c skos:editorialNote "One may read this in two ways."@en }
WHERE { SELECT ?c WHERE { ?c a sayso:Claim } ORDER BY ?c LIMIT 1 }
