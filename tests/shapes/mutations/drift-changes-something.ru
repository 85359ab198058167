# from the same
INSERT { <https://w3id.org/sayso/derived/that> a sayso:Drift ; dcterms:type drift:value ; sayso:retelling ?c ; sayso:original ?c ; sayso:changedFrom 8 ; sayso:changedTo 8 }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c LIMIT 1 }

# from nothing
INSERT { <https://w3id.org/sayso/derived/that> a sayso:Drift ; dcterms:type drift:value ; sayso:retelling ?c ; sayso:original ?c ; sayso:changedTo 8 }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c ?s LIMIT 1 }

# from two
INSERT { <https://w3id.org/sayso/derived/that> a sayso:Drift ; dcterms:type drift:value ; sayso:retelling ?c ; sayso:original ?c ; sayso:changedFrom 12 , 13 ; sayso:changedTo 8 }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c ?s LIMIT 1 }
