DELETE { ?c dcterms:isVersionOf ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:TextVersion ; dcterms:isVersionOf ?o } ORDER BY ?c ?o LIMIT 1 }
