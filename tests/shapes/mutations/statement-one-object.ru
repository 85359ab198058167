# none
DELETE { ?c sayso:object ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Statement ; sayso:object ?o } ORDER BY ?c ?o LIMIT 1 }

# two
INSERT { ?c sayso:object ?x }
WHERE { SELECT ?c ?x WHERE { ?c a sayso:Statement ; sayso:object ?o . ?x a schema:Person FILTER (?x != ?o) } ORDER BY ?c ?x LIMIT 1 }
