# none
DELETE { ?c sayso:paraphrase ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:paraphrase ?o } ORDER BY ?c ?o LIMIT 1 }

# two
INSERT { ?c sayso:paraphrase ?n }
WHERE { SELECT ?c ?n WHERE { ?c a sayso:Claim ; sayso:paraphrase ?p FILTER (STRLEN(STR(?p)) < 200) BIND (STRLANG(CONCAT(STR(?p), " So it was said."), LANG(?p)) AS ?n) } ORDER BY ?c ?n LIMIT 1 }
