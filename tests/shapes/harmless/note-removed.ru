DELETE { ?c skos:editorialNote ?n }
WHERE { SELECT ?c ?n WHERE { ?c a sayso:Claim ; skos:editorialNote ?n } ORDER BY ?c ?n LIMIT 1 }
