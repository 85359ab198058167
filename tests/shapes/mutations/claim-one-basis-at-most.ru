INSERT { ?c sayso:basis ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:basis ?b . ?o skos:inScheme <https://w3id.org/sayso/code/basis> . FILTER (?o != ?b) } ORDER BY ?c ?o LIMIT 1 }
