DELETE { ?c rdfs:isDefinedBy ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Predicate ; rdfs:isDefinedBy ?o } ORDER BY ?c ?o LIMIT 1 }
