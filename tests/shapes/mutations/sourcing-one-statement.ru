# of a claim
INSERT { <https://w3id.org/sayso/derived/that> a sayso:Sourcing ; sayso:sourcingOf ?c ; sayso:stance stance:affirms ; sayso:fewestOrigins 1 ; sayso:mostOrigins 2 }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c LIMIT 1 }

# of none
INSERT { <https://w3id.org/sayso/derived/that> a sayso:Sourcing ; sayso:stance stance:affirms ; sayso:fewestOrigins 1 ; sayso:mostOrigins 2 }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c ?s LIMIT 1 }

# of two
INSERT { <https://w3id.org/sayso/derived/that> a sayso:Sourcing ; sayso:sourcingOf ?s , ?t ; sayso:stance stance:affirms ; sayso:fewestOrigins 1 ; sayso:mostOrigins 2 }
WHERE { SELECT ?c ?s ?t WHERE { ?c sayso:states ?s . ?t a sayso:Statement FILTER (?s != ?t) } ORDER BY ?c ?s ?t LIMIT 1 }
