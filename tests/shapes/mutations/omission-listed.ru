DELETE { ?c sayso:omitted ?o }
INSERT { ?c sayso:omitted omission:tooLong }
WHERE { SELECT ?c ?o WHERE { ?c sayso:omitted ?o } ORDER BY ?c ?o LIMIT 1 }
