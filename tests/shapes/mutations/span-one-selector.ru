# none
INSERT DATA { <RECORD#x-span> a sayso:TextSpan ; oa:hasSource <RECORD#text> ; schema:sha256 "0000000000000000000000000000000000000000000000000000000000000000" }

# what is none
INSERT DATA { <RECORD#x-span> a sayso:TextSpan ; oa:hasSource <RECORD#text> ; schema:sha256 "0000000000000000000000000000000000000000000000000000000000000000" ; oa:hasSelector <RECORD#char=1,2> . <RECORD#char=1,2> a oa:Selector ; oa:start 1 ; oa:end 2 }

# two
INSERT { ?c oa:hasSelector ?p . ?p a oa:TextPositionSelector ; oa:start ?s ; oa:end ?e }
WHERE { SELECT ?c ?p ?s ?e WHERE { ?c a sayso:TextSpan ; oa:hasSelector/oa:start ?s BIND (?s + 1 AS ?e) BIND (IRI(CONCAT("RECORD#char=", STR(?s), ",", STR(?e))) AS ?p) FILTER NOT EXISTS { ?any oa:hasSelector ?p } } ORDER BY ?c ?p ?s ?e LIMIT 1 }
