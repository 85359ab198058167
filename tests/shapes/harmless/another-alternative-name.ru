INSERT { ?x skos:altLabel "one more name"@en }
WHERE { SELECT ?x WHERE { ?x a sayso:Referent ; skos:prefLabel ?l } ORDER BY ?x LIMIT 1 }
