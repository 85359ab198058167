# more than the most
INSERT { <https://w3id.org/sayso/derived/that> a sayso:Sourcing ; sayso:sourcingOf ?s ; sayso:stance stance:affirms ; sayso:fewestOrigins 3 ; sayso:mostOrigins 2 }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c LIMIT 1 }

# none
INSERT { <https://w3id.org/sayso/derived/that> a sayso:Sourcing ; sayso:sourcingOf ?s ; sayso:stance stance:affirms ; sayso:mostOrigins 2 }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c ?s LIMIT 1 }

# two numbers
INSERT { <https://w3id.org/sayso/derived/that> a sayso:Sourcing ; sayso:sourcingOf ?s ; sayso:stance stance:affirms ; sayso:fewestOrigins 0 , 1 ; sayso:mostOrigins 2 }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c ?s LIMIT 1 }

# a text
INSERT { <https://w3id.org/sayso/derived/that> a sayso:Sourcing ; sayso:sourcingOf ?s ; sayso:stance stance:affirms ; sayso:fewestOrigins "one" ; sayso:mostOrigins 2 }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c ?s LIMIT 1 }

# fewer than none
INSERT { <https://w3id.org/sayso/derived/that> a sayso:Sourcing ; sayso:sourcingOf ?s ; sayso:stance stance:affirms ; sayso:fewestOrigins -1 ; sayso:mostOrigins 2 }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c ?s LIMIT 1 }
