# as a copy
INSERT DATA { <https://example.org/copy> a schema:Thing ; schema:text "Words that somebody wrote." }

# at its place
# And span-closed where { }
INSERT { ?x oa:exact "words" }
WHERE { SELECT ?x WHERE { ?x a sayso:TextSpan } ORDER BY ?x LIMIT 1 }

# in a claim
# And claim-closed where { }
INSERT { ?x schema:text "words" }
WHERE { SELECT ?x WHERE { ?x a sayso:Claim } ORDER BY ?x LIMIT 1 }
