# no act
DELETE { ?c sayso:act ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:act ?o } ORDER BY ?c ?o LIMIT 1 }

# two acts of one stance
INSERT { ?c sayso:act act:opines }
WHERE { SELECT ?c WHERE { ?c a sayso:Claim ; sayso:act act:asserts } ORDER BY ?c LIMIT 1 }
