# none
DELETE { ?c schema:sha256 ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:TextVersion ; schema:sha256 ?o } ORDER BY ?c ?o LIMIT 1 }

# two
INSERT { ?c schema:sha256 "0000000000000000000000000000000000000000000000000000000000000000" }
WHERE { SELECT ?c WHERE { ?c a sayso:TextVersion } ORDER BY ?c LIMIT 1 }

# no hash
DELETE { ?c schema:sha256 ?o }
INSERT { ?c schema:sha256 "ABC" }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:TextVersion ; schema:sha256 ?o } ORDER BY ?c ?o LIMIT 1 }
