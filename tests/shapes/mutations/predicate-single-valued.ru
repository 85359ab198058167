# perhaps
DELETE { ?c sayso:singleValued ?o }
INSERT { ?c sayso:singleValued "perhaps" }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Predicate OPTIONAL { ?c sayso:singleValued ?o } } ORDER BY ?c ?o LIMIT 1 }

# both
INSERT { ?c sayso:singleValued true , false }
WHERE { SELECT ?c WHERE { ?c a sayso:Predicate } ORDER BY ?c LIMIT 1 }
