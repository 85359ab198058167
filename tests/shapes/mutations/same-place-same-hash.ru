INSERT { <RECORD#x-span> a sayso:TextSpan ; oa:hasSource <RECORD#text> ; schema:sha256 "0000000000000000000000000000000000000000000000000000000000000000" ; oa:hasSelector ?c }
WHERE { SELECT ?c WHERE { ?x a sayso:TextSpan ; oa:hasSelector ?c } ORDER BY ?c LIMIT 1 }
