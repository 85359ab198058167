# none
INSERT { <https://w3id.org/sayso/derived/that> a sayso:Drift ; dcterms:type drift:value ; sayso:retelling ?c ; sayso:changedFrom 12 ; sayso:changedTo 8 }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c LIMIT 1 }

# two
INSERT { <https://w3id.org/sayso/derived/that> a sayso:Drift ; dcterms:type drift:value ; sayso:retelling ?c ; sayso:original ?c , ?d ; sayso:changedFrom 12 ; sayso:changedTo 8 }
WHERE { SELECT ?c ?s ?d WHERE { ?c sayso:states ?s . ?d a sayso:Claim FILTER (?c != ?d) } ORDER BY ?c ?s ?d LIMIT 1 }

# a statement
INSERT { <https://w3id.org/sayso/derived/that> a sayso:Drift ; dcterms:type drift:value ; sayso:retelling ?c ; sayso:original ?s ; sayso:changedFrom 12 ; sayso:changedTo 8 }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c ?s LIMIT 1 }
