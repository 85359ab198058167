INSERT { ?c oa:hasSource <https://example.org/text> }
WHERE { SELECT ?c WHERE { ?c a sayso:TextSpan FILTER NOT EXISTS { ?x sayso:evidence ?c } } ORDER BY ?c LIMIT 1 }
