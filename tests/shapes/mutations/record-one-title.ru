# none
DELETE { ?c dcterms:title ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Record ; dcterms:title ?o } ORDER BY ?c ?o LIMIT 1 }

# without a language
DELETE { ?c dcterms:title ?o }
INSERT { ?c dcterms:title "A title" }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Record ; dcterms:title ?o } ORDER BY ?c ?o LIMIT 1 }

# two in one language
INSERT { ?c dcterms:title ?n }
WHERE { SELECT ?c ?n WHERE { ?c a sayso:Record ; dcterms:title ?o BIND (STRLANG("Or so", LANG(?o)) AS ?n) } ORDER BY ?c ?n LIMIT 1 }
