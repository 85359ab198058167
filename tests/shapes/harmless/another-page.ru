INSERT { ?x schema:sameAs <https://example.org/a-page> }
WHERE { SELECT ?x WHERE { ?x a sayso:Referent ; skos:prefLabel ?l } ORDER BY ?x LIMIT 1 }
