# May break claim-paraphrase-names-its-claimant, too.
DELETE { ?c sayso:paraphrase ?o }
INSERT { ?c sayso:paraphrase "The Times said"@en }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:claimant org:washington-times ; sayso:paraphrase ?o } ORDER BY ?c ?o LIMIT 1 }
