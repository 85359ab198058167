# none
DELETE { ?c dcterms:isVersionOf ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:TextVersion ; dcterms:isVersionOf ?o } ORDER BY ?c ?o LIMIT 1 }

# two
INSERT { ?c dcterms:isVersionOf ?x }
WHERE { SELECT ?c ?x WHERE { ?c a sayso:TextVersion ; dcterms:isVersionOf ?o . ?x a sayso:Referent FILTER (?x != ?o) } ORDER BY ?c ?x LIMIT 1 }
