# none
DELETE { ?c sayso:predicate ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Statement ; sayso:predicate ?o } ORDER BY ?c ?o LIMIT 1 }

# two
INSERT { ?c sayso:predicate ?x }
WHERE { SELECT ?c ?x WHERE { ?c a sayso:Statement ; sayso:predicate ?o . ?x a sayso:Predicate FILTER (?x != ?o) } ORDER BY ?c ?x LIMIT 1 }
