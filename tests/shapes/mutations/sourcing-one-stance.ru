# two
INSERT { <https://w3id.org/sayso/derived/that> a sayso:Sourcing ; sayso:sourcingOf ?s ; sayso:stance stance:affirms , stance:rejects ; sayso:fewestOrigins 1 ; sayso:mostOrigins 2 }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c LIMIT 1 }

# none
INSERT { <https://w3id.org/sayso/derived/that> a sayso:Sourcing ; sayso:sourcingOf ?s ; sayso:fewestOrigins 1 ; sayso:mostOrigins 2 }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c ?s LIMIT 1 }

# none of the list
INSERT { <https://w3id.org/sayso/derived/that> a sayso:Sourcing ; sayso:sourcingOf ?s ; sayso:stance act:denies ; sayso:fewestOrigins 1 ; sayso:mostOrigins 2 }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c ?s LIMIT 1 }
