# of a dispute
INSERT { <https://w3id.org/sayso/derived/that> a sayso:Drift ; dcterms:type dispute:value ; sayso:retelling ?c ; sayso:original ?c ; sayso:changedFrom 12 ; sayso:changedTo 8 }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c LIMIT 1 }

# none
INSERT { <https://w3id.org/sayso/derived/that> a sayso:Drift ; sayso:retelling ?c ; sayso:original ?c ; sayso:changedFrom 12 ; sayso:changedTo 8 }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c ?s LIMIT 1 }

# two
INSERT { <https://w3id.org/sayso/derived/that> a sayso:Drift ; dcterms:type drift:value , drift:stance ; sayso:retelling ?c ; sayso:original ?c ; sayso:changedFrom 12 ; sayso:changedTo 8 }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c ?s LIMIT 1 }
