# none
DELETE { ?c skos:prefLabel ?o }
WHERE { SELECT ?c ?o WHERE { ?c a skos:Concept ; skos:prefLabel ?o } ORDER BY ?c ?o LIMIT 1 }

# two in one language
INSERT { ?c skos:prefLabel ?n }
WHERE { SELECT ?c ?n WHERE { ?c a skos:Concept ; skos:prefLabel ?o BIND (STRLANG("or so", LANG(?o)) AS ?n) } ORDER BY ?c ?n LIMIT 1 }
