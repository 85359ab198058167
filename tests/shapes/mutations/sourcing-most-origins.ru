# two numbers
INSERT { <https://w3id.org/sayso/derived/that> a sayso:Sourcing ; sayso:sourcingOf ?s ; sayso:stance stance:affirms ; sayso:fewestOrigins 1 ; sayso:mostOrigins 2 , 3 }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c LIMIT 1 }

# none
INSERT { <https://w3id.org/sayso/derived/that> a sayso:Sourcing ; sayso:sourcingOf ?s ; sayso:stance stance:affirms ; sayso:fewestOrigins 1 }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c ?s LIMIT 1 }

# no whole number
INSERT { <https://w3id.org/sayso/derived/that> a sayso:Sourcing ; sayso:sourcingOf ?s ; sayso:stance stance:affirms ; sayso:fewestOrigins 1 ; sayso:mostOrigins 2.0 }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c ?s LIMIT 1 }
