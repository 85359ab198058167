# too short
# And claim-paraphrase-names-its-claimant where { ?c sayso:claimant/(skos:prefLabel|skos:altLabel) ?any FILTER (LANG(?any) = "en") }
DELETE { ?c sayso:paraphrase ?o }
INSERT { ?c sayso:paraphrase "…"@en }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:paraphrase ?o } ORDER BY ?c ?o LIMIT 1 }

# too long
DELETE { ?c sayso:paraphrase ?o }
INSERT { ?c sayso:paraphrase ?n }
WHERE { SELECT ?c ?o ?n WHERE { ?c a sayso:Claim ; sayso:paraphrase ?o BIND (" And so it was said, time and again." AS ?a) BIND (STRLANG(CONCAT(STR(?o), ?a, ?a, ?a, ?a, ?a, ?a, ?a, ?a), LANG(?o)) AS ?n) } ORDER BY ?c ?o ?n LIMIT 1 }
