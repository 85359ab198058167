DELETE { ?c dcterms:isVersionOf ?o }
INSERT { ?c dcterms:isVersionOf ?x }
WHERE { SELECT ?c ?o ?x WHERE { ?c a sayso:TextVersion ; dcterms:isVersionOf ?o . ?x a sayso:Referent FILTER (?x != ?o) } ORDER BY ?c ?o ?x LIMIT 1 }
