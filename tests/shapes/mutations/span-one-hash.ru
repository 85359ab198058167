# no hash
DELETE { ?c schema:sha256 ?o }
INSERT { ?c schema:sha256 "not a hash" }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:TextSpan ; schema:sha256 ?o ; oa:hasSelector ?p FILTER NOT EXISTS { ?d oa:hasSelector ?p FILTER (?c != ?d) } } ORDER BY ?c ?o LIMIT 1 }

# none
DELETE { ?c schema:sha256 ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:TextSpan ; schema:sha256 ?o } ORDER BY ?c ?o LIMIT 1 }
