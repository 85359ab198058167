DELETE { ?c dcterms:conformsTo method:notes }
WHERE { SELECT ?c WHERE { ?c a sayso:Encoding ; dcterms:conformsTo method:notes } ORDER BY ?c LIMIT 1 }
