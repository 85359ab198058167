# no date
DELETE { ?c sayso:saidOn ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:saidOn ?o } ORDER BY ?c ?o LIMIT 1 }

# two dates
INSERT { ?c sayso:saidOn ?d }
WHERE { SELECT ?c ?d WHERE { ?c a sayso:Claim ; sayso:saidOn ?o . ?d a sayso:Period FILTER (?d != ?o) FILTER NOT EXISTS { ?c prov:wasInvalidatedBy ?x } FILTER NOT EXISTS { ?c sayso:relays/sayso:saidOn/sayso:earliest ?e . ?d sayso:latest ?l FILTER (STR(?l) < STR(?e)) } FILTER NOT EXISTS { ?up sayso:relays ?c ; sayso:saidOn/sayso:latest ?l2 . ?d sayso:earliest ?e2 FILTER (STR(?l2) < STR(?e2)) } } ORDER BY ?c ?d LIMIT 1 }
