INSERT { <https://w3id.org/sayso/derived/that> a sayso:Drift ; dcterms:type drift:value ; sayso:retelling ?c ; sayso:changedFrom 12 ; sayso:changedTo 8 }
WHERE { SELECT ?c ?s WHERE { ?c sayso:states ?s } ORDER BY ?c LIMIT 1 }
