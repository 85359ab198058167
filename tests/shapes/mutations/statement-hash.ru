DELETE { ?c sayso:subject ?o }
INSERT { ?c sayso:subject ?x }
WHERE { SELECT ?c ?o ?x WHERE { ?c a sayso:Statement ; sayso:subject ?o . ?x a schema:Person FILTER (?x != ?o) } ORDER BY ?c ?o ?x LIMIT 1 }
