# none
DELETE { ?c dcterms:license ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Record ; dcterms:license ?o } ORDER BY ?c ?o LIMIT 1 }

# a text
DELETE { ?c dcterms:license ?o }
INSERT { ?c dcterms:license "free for all" }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Record ; dcterms:license ?o } ORDER BY ?c ?o LIMIT 1 }
