# of three kinds
DELETE { ?c sayso:paraphrase ?o }
INSERT { ?c sayso:paraphrase ?n }
WHERE { SELECT ?c ?o ?n WHERE { ?c a sayso:Claim ; sayso:paraphrase ?o FILTER (STRLEN(STR(?o)) < 200) VALUES ?q { "“mere card”" "‘mere card’" "«mere card»" } BIND (STRLANG(CONCAT(STR(?o), " So to say, a ", ?q, "."), LANG(?o)) AS ?n) } ORDER BY ?c ?o ?n LIMIT 1 }
