INSERT { ?c sayso:eventDate ?a , ?b }
WHERE { SELECT ?c ?a ?b WHERE { ?c a sayso:Statement . ?a a sayso:Period . ?b a sayso:Period FILTER (?a != ?b) FILTER NOT EXISTS { ?c sayso:eventDate ?d } } ORDER BY ?c ?a ?b LIMIT 1 }
