INSERT { ?c skos:note "twelve at most"@en }
WHERE { SELECT ?c WHERE { ?c a sayso:Statement } ORDER BY ?c LIMIT 1 }
