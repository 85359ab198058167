INSERT { ?s ?p ?o }
WHERE { SELECT ?c ?s ?p ?o WHERE { ?c a sayso:Statement ; sayso:subject ?s ; sayso:predicate ?p ; sayso:object ?o } ORDER BY ?c ?s ?p ?o LIMIT 1 }
