INSERT { <https://example.org/text> ?p ?o ; sayso:sentence ?s }
WHERE { { SELECT ?c ?s WHERE { ?c a sayso:TextVersion ; sayso:sentence ?s . ?s sayso:omitted ?x } ORDER BY ?c ?s LIMIT 1 } ?c ?p ?o FILTER (?p != sayso:sentence) }
