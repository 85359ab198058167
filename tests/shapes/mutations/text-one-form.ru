# none
DELETE { ?c dcterms:conformsTo ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:TextVersion ; dcterms:conformsTo ?o } ORDER BY ?c ?o LIMIT 1 }

# none of the list
DELETE { ?c dcterms:conformsTo ?o }
INSERT { ?c dcterms:conformsTo method:notes }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:TextVersion ; dcterms:conformsTo ?o } ORDER BY ?c ?o LIMIT 1 }

# two
INSERT { ?c dcterms:conformsTo textform:other }
WHERE { SELECT ?c WHERE { ?c a sayso:TextVersion } ORDER BY ?c LIMIT 1 }
