INSERT { ?x skos:prefLabel "auch so genannt"@de }
WHERE { SELECT ?x WHERE { ?x a sayso:Referent ; skos:prefLabel ?l FILTER NOT EXISTS { ?x skos:prefLabel ?o FILTER (LANG(?o) = "de") } } ORDER BY ?x LIMIT 1 }
