DELETE { ?c dcterms:title ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Record ; dcterms:title ?o } ORDER BY ?c ?o LIMIT 1 }
