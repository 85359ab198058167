INSERT { ?c schema:contentLocation ?a , ?b }
WHERE { SELECT ?c ?a ?b WHERE { ?c a sayso:Statement . ?a a schema:Place . ?b a schema:Place FILTER (?a != ?b) FILTER NOT EXISTS { ?c schema:contentLocation ?d } } ORDER BY ?c ?a ?b LIMIT 1 }
