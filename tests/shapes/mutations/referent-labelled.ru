# none
DELETE { ?c skos:prefLabel ?o }
WHERE { SELECT ?c ?o WHERE { ?c a schema:Person ; skos:prefLabel ?o FILTER NOT EXISTS { ?c skos:altLabel ?other } } ORDER BY ?c ?o LIMIT 1 }

# without a language
INSERT { ?c skos:prefLabel "so called" }
WHERE { SELECT ?c WHERE { ?c a sayso:Referent } ORDER BY ?c LIMIT 1 }

# two in one language
INSERT { ?c skos:prefLabel ?n }
WHERE { SELECT ?c ?n WHERE { ?c a sayso:Referent ; skos:prefLabel ?o BIND (STRLANG("or so", LANG(?o)) AS ?n) } ORDER BY ?c ?n LIMIT 1 }
