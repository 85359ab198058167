DELETE { ?c sayso:paraphrase ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:paraphrase ?o } ORDER BY ?c ?o LIMIT 1 }
