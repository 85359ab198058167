DELETE { ?c schema:sha256 ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:TextVersion ; schema:sha256 ?o } ORDER BY ?c ?o LIMIT 1 }
