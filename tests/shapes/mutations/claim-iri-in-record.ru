INSERT { <https://example.org/claim> ?p ?o }
WHERE { { SELECT ?c WHERE { ?c a sayso:Claim } ORDER BY ?c LIMIT 1 } ?c ?p ?o FILTER (?p NOT IN (sayso:contradicts)) }
