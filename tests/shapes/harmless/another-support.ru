INSERT { ?c sayso:supports ?d }
WHERE { SELECT ?c ?d WHERE { ?c a sayso:Claim . ?d a sayso:Claim FILTER (STR(?c) < STR(?d)) FILTER NOT EXISTS { ?c sayso:contradicts|^sayso:contradicts ?d } } ORDER BY ?c ?d LIMIT 1 }
