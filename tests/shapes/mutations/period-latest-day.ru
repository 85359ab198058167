INSERT { ?c sayso:latest "2999-01-01"^^xsd:date }
WHERE { SELECT ?c WHERE { ?c a sayso:Period ; sayso:latest ?e } ORDER BY ?c LIMIT 1 }
