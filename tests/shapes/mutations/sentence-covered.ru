DELETE { ?c sayso:omitted ?o }
WHERE { SELECT ?c ?o WHERE { ?c sayso:omitted ?o } ORDER BY ?c ?o LIMIT 1 }
