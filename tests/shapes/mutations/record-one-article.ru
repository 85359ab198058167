INSERT { ?c dcterms:source ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Record ; dcterms:source ?w . ?o a sayso:Referent FILTER (?o != ?w) } ORDER BY ?c ?o LIMIT 1 }
