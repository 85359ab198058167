# in none
DELETE { ?c skos:inScheme ?o }
WHERE { SELECT ?c ?o WHERE { ?c a skos:Concept ; skos:inScheme ?o } ORDER BY ?c ?o LIMIT 1 }

# in what is no list
DELETE { ?c skos:inScheme ?o }
INSERT { ?c skos:inScheme ?c }
WHERE { SELECT ?c ?o WHERE { ?c a skos:Concept ; skos:inScheme ?o } ORDER BY ?c ?o LIMIT 1 }
