DELETE { ?c sayso:basis ?o }
INSERT { ?c sayso:basis basis:hearsay }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:basis ?o } ORDER BY ?c ?o LIMIT 1 }
