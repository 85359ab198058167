INSERT { ?r dcterms:title "Auch ein Titel"@de }
WHERE { SELECT ?r WHERE { ?r a sayso:Record ; dcterms:title ?t FILTER NOT EXISTS { ?r dcterms:title ?o FILTER (LANG(?o) = "de") } } ORDER BY ?r LIMIT 1 }
