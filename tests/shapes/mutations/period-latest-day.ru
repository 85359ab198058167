# two days
INSERT { ?c sayso:latest "2999-01-01"^^xsd:date }
WHERE { SELECT ?c WHERE { ?c a sayso:Period ; sayso:latest ?e } ORDER BY ?c LIMIT 1 }

# a time and no day
DELETE { ?c sayso:latest ?o }
INSERT { ?c sayso:latest ?n }
WHERE { SELECT ?c ?o ?n WHERE { ?c a sayso:Period ; sayso:latest ?o FILTER NOT EXISTS { ?c sayso:earliest ?l } BIND (STRDT(CONCAT(STR(?o), "T00:00:00Z"), xsd:dateTime) AS ?n) } ORDER BY ?c ?o ?n LIMIT 1 }
