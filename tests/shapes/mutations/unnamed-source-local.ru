INSERT { <https://example.org/somebody> a sayso:UnnamedSource ; skos:prefLabel "somebody"@en ; dcterms:isPartOf ?c }
WHERE { SELECT ?c WHERE { ?c a sayso:Record } ORDER BY ?c LIMIT 1 }
