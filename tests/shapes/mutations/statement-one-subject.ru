# none
DELETE { ?c sayso:subject ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Statement ; sayso:subject ?o } ORDER BY ?c ?o LIMIT 1 }

# two
INSERT { ?c sayso:subject ?x }
WHERE { SELECT ?c ?x WHERE { ?c a sayso:Statement ; sayso:subject ?o . ?x a schema:Person FILTER (?x != ?o) } ORDER BY ?c ?x LIMIT 1 }
