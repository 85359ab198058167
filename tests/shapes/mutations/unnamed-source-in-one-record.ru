# a second that is none
INSERT { ?c dcterms:isPartOf <https://example.org/notes> }
WHERE { SELECT ?c WHERE { ?c a sayso:UnnamedSource } ORDER BY ?c LIMIT 1 }

# none
DELETE { ?c dcterms:isPartOf ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:UnnamedSource ; dcterms:isPartOf ?o } ORDER BY ?c ?o LIMIT 1 }

# another's instead
DELETE { ?c dcterms:isPartOf ?o }
INSERT { ?c dcterms:isPartOf <https://example.org/notes> }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:UnnamedSource ; dcterms:isPartOf ?o } ORDER BY ?c ?o LIMIT 1 }
