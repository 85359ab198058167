# one
INSERT { <https://w3id.org/sayso/derived/one> a sayso:Sourcing ; sayso:sourcingOf ?s ; sayso:stance stance:affirms ; sayso:fewestOrigins 1 ; sayso:mostOrigins 2 . <https://w3id.org/sayso/derived/two> a sayso:Sourcing ; sayso:sourcingOf ?s ; sayso:stance stance:affirms ; sayso:fewestOrigins 1 ; sayso:mostOrigins 2 . <https://w3id.org/sayso/derived/that> a sayso:Dispute ; dcterms:type dispute:stance ; sayso:side <https://w3id.org/sayso/derived/one> }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c LIMIT 1 }

# of which one is a claim
INSERT { <https://w3id.org/sayso/derived/one> a sayso:Sourcing ; sayso:sourcingOf ?s ; sayso:stance stance:affirms ; sayso:fewestOrigins 1 ; sayso:mostOrigins 2 . <https://w3id.org/sayso/derived/that> a sayso:Dispute ; dcterms:type dispute:stance ; sayso:side <https://w3id.org/sayso/derived/one> , ?c }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c ?s LIMIT 1 }
