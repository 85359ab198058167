# two
INSERT { ?c oa:hasSource <https://example.org/text> }
WHERE { SELECT ?c WHERE { ?c a sayso:TextSpan FILTER NOT EXISTS { ?x sayso:evidence ?c } } ORDER BY ?c LIMIT 1 }

# what is no text version
DELETE { ?c oa:hasSource ?o }
INSERT { ?c oa:hasSource ?w }
WHERE { SELECT ?c ?o ?w WHERE { ?c a sayso:TextSpan ; oa:hasSource ?o . ?o dcterms:isVersionOf ?w FILTER NOT EXISTS { ?x sayso:evidence ?c } } ORDER BY ?c ?o ?w LIMIT 1 }

# none
DELETE { ?c oa:hasSource ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:TextSpan ; oa:hasSource ?o FILTER NOT EXISTS { ?x sayso:evidence ?c } } ORDER BY ?c ?o LIMIT 1 }
