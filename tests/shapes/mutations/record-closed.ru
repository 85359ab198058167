INSERT { ?c dcterms:description "It tells much."@en }
WHERE { SELECT ?c WHERE { ?c a sayso:Record } ORDER BY ?c LIMIT 1 }
