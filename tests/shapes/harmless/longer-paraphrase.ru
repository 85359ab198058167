DELETE { ?c sayso:paraphrase ?o }
INSERT { ?c sayso:paraphrase ?n }
WHERE { SELECT ?c ?o ?n WHERE { ?c sayso:paraphrase ?o FILTER (STRLEN(STR(?o)) < 200) BIND (STRLANG(CONCAT(STR(?o), " So it was said."), LANG(?o)) AS ?n) } ORDER BY ?c ?o LIMIT 1 }
