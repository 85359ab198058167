INSERT { ?c sayso:earliest "0999-01-01"^^xsd:date }
WHERE { SELECT ?c WHERE { ?c a sayso:Period ; sayso:earliest ?e } ORDER BY ?c LIMIT 1 }
