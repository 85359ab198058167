DELETE { ?c sayso:predicate ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Statement ; sayso:predicate ?o } ORDER BY ?c ?o LIMIT 1 }
