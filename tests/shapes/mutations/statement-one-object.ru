DELETE { ?c sayso:object ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Statement ; sayso:object ?o } ORDER BY ?c ?o LIMIT 1 }
