# of a drift
INSERT { <https://w3id.org/sayso/derived/one> a sayso:Sourcing ; sayso:sourcingOf ?s ; sayso:stance stance:affirms ; sayso:fewestOrigins 1 ; sayso:mostOrigins 2 . <https://w3id.org/sayso/derived/two> a sayso:Sourcing ; sayso:sourcingOf ?s ; sayso:stance stance:affirms ; sayso:fewestOrigins 1 ; sayso:mostOrigins 2 . <https://w3id.org/sayso/derived/that> a sayso:Dispute ; dcterms:type drift:value ; sayso:side <https://w3id.org/sayso/derived/one> , <https://w3id.org/sayso/derived/two> }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c LIMIT 1 }

# none
INSERT { <https://w3id.org/sayso/derived/one> a sayso:Sourcing ; sayso:sourcingOf ?s ; sayso:stance stance:affirms ; sayso:fewestOrigins 1 ; sayso:mostOrigins 2 . <https://w3id.org/sayso/derived/two> a sayso:Sourcing ; sayso:sourcingOf ?s ; sayso:stance stance:affirms ; sayso:fewestOrigins 1 ; sayso:mostOrigins 2 . <https://w3id.org/sayso/derived/that> a sayso:Dispute ; sayso:side <https://w3id.org/sayso/derived/one> , <https://w3id.org/sayso/derived/two> }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c ?s LIMIT 1 }

# two
INSERT { <https://w3id.org/sayso/derived/one> a sayso:Sourcing ; sayso:sourcingOf ?s ; sayso:stance stance:affirms ; sayso:fewestOrigins 1 ; sayso:mostOrigins 2 . <https://w3id.org/sayso/derived/two> a sayso:Sourcing ; sayso:sourcingOf ?s ; sayso:stance stance:affirms ; sayso:fewestOrigins 1 ; sayso:mostOrigins 2 . <https://w3id.org/sayso/derived/that> a sayso:Dispute ; dcterms:type dispute:stance , dispute:value ; sayso:side <https://w3id.org/sayso/derived/one> , <https://w3id.org/sayso/derived/two> }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c ?s LIMIT 1 }
