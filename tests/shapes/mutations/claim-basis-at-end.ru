DELETE { ?c sayso:basis ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:basis ?o FILTER NOT EXISTS { ?c sayso:relays ?r } } ORDER BY ?c ?o LIMIT 1 }
