# none
DELETE { ?c sayso:sentence ?s . ?s sayso:omitted ?o }
WHERE { ?c sayso:sentence ?s OPTIONAL { ?s sayso:omitted ?o } }

# what is no span
# And sentence-covered where { }
INSERT { ?c sayso:sentence ?w }
WHERE { SELECT ?c ?w WHERE { ?c a sayso:TextVersion ; dcterms:isVersionOf ?w } ORDER BY ?c ?w LIMIT 1 }
