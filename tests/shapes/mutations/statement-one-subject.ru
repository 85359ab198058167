DELETE { ?c sayso:subject ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Statement ; sayso:subject ?o } ORDER BY ?c ?o LIMIT 1 }
