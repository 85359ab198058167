DELETE { ?c sayso:latest ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Period ; sayso:latest ?o } ORDER BY ?c ?o LIMIT 1 }
