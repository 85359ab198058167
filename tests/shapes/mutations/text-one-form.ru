DELETE { ?c dcterms:conformsTo ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:TextVersion ; dcterms:conformsTo ?o } ORDER BY ?c ?o LIMIT 1 }
