# two days
INSERT { ?c sayso:earliest "0999-01-01"^^xsd:date }
WHERE { SELECT ?c WHERE { ?c a sayso:Period ; sayso:earliest ?e } ORDER BY ?c LIMIT 1 }

# a time and no day
DELETE { ?c sayso:earliest ?o }
INSERT { ?c sayso:earliest ?n }
WHERE { SELECT ?c ?o ?n WHERE { ?c a sayso:Period ; sayso:earliest ?o FILTER NOT EXISTS { ?c sayso:latest ?l } BIND (STRDT(CONCAT(STR(?o), "T00:00:00Z"), xsd:dateTime) AS ?n) } ORDER BY ?c ?o ?n LIMIT 1 }
