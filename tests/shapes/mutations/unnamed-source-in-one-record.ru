INSERT { ?c dcterms:isPartOf <https://example.org/notes> }
WHERE { SELECT ?c WHERE { ?c a sayso:UnnamedSource } ORDER BY ?c LIMIT 1 }
