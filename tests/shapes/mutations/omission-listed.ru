# none of the list
DELETE { ?c sayso:omitted ?o }
INSERT { ?c sayso:omitted omission:tooLong }
WHERE { SELECT ?c ?o WHERE { ?c sayso:omitted ?o } ORDER BY ?c ?o LIMIT 1 }

# two reasons
INSERT { ?c sayso:omitted ?n }
WHERE { SELECT ?c ?n WHERE { ?c sayso:omitted ?o BIND (IF(?o = omission:noClaim, omission:boilerplate, omission:noClaim) AS ?n) } ORDER BY ?c ?n LIMIT 1 }
