# none
DELETE { ?c rdfs:label ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Predicate ; rdfs:label ?o } ORDER BY ?c ?o LIMIT 1 }

# two in one language
INSERT { ?c rdfs:label ?n }
WHERE { SELECT ?c ?n WHERE { ?c a sayso:Predicate ; rdfs:label ?o BIND (STRLANG("or so", LANG(?o)) AS ?n) } ORDER BY ?c ?n LIMIT 1 }
