DELETE { ?c skos:definition ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Predicate ; skos:definition ?o } ORDER BY ?c ?o LIMIT 1 }
