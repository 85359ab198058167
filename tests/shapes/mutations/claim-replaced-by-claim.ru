INSERT { ?c dcterms:isReplacedBy ?s }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c LIMIT 1 }
