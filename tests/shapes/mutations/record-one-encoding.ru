INSERT { ?c prov:wasGeneratedBy <https://example.org/reading> . <https://example.org/reading> a sayso:Encoding ; ?p ?o }
WHERE { { SELECT ?c ?e WHERE { ?c a sayso:Record ; prov:wasGeneratedBy ?e } ORDER BY ?c LIMIT 1 } ?e ?p ?o }
