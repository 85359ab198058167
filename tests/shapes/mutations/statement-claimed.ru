INSERT { stmt:unsaid-00000000 a sayso:Statement ; ?p ?o }
WHERE { { SELECT ?c WHERE { ?c a sayso:Statement } ORDER BY ?c LIMIT 1 } ?c ?p ?o }
