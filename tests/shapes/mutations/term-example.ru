DELETE { ?c skos:example ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Predicate ; skos:example ?o } ORDER BY ?c ?o LIMIT 1 }
