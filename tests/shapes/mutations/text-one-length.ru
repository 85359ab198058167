# none
DELETE { ?c sayso:charCount ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:TextVersion ; sayso:charCount ?o } ORDER BY ?c ?o LIMIT 1 }

# two
INSERT { ?c sayso:charCount ?n }
WHERE { SELECT ?c ?n WHERE { ?c a sayso:TextVersion ; sayso:charCount ?o BIND (?o + 1 AS ?n) } ORDER BY ?c ?n LIMIT 1 }

# no whole number
DELETE { ?c sayso:charCount ?o }
INSERT { ?c sayso:charCount ?n }
WHERE { SELECT ?c ?o ?n WHERE { ?c a sayso:TextVersion ; sayso:charCount ?o BIND (STRDT(CONCAT(STR(?o), '.5'), xsd:decimal) AS ?n) } ORDER BY ?c ?o ?n LIMIT 1 }

# 0
# And place-within-text where { }
DELETE { ?c sayso:charCount ?o }
INSERT { ?c sayso:charCount 0 }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:TextVersion ; sayso:charCount ?o } ORDER BY ?c ?o LIMIT 1 }
