INSERT {
  <https://example.org/text> a sayso:TextVersion ; ?tp ?to .
  <https://example.org/reading> a sayso:Encoding ; ?ep ?eo ; prov:used <https://example.org/text> .
  <https://example.org/text#s1> a sayso:TextSpan ; oa:hasSource <https://example.org/text> ; schema:sha256 ?h ; oa:hasSelector <https://example.org/text#char=0,1> ; sayso:omitted omission:noClaim .
  <https://example.org/text#char=0,1> a oa:TextPositionSelector ; oa:start 0 ; oa:end 1 .
  <https://example.org/text> sayso:sentence <https://example.org/text#s1> .
  <https://example.org/text#s2> a sayso:TextSpan ; oa:hasSource <https://example.org/text> ; schema:sha256 ?h ; oa:hasSelector <https://example.org/text#char=1,2> .
  <https://example.org/text#char=1,2> a oa:TextPositionSelector ; oa:start 1 ; oa:end 2 .
  ?c sayso:evidence <https://example.org/text#s2> .
}
WHERE {
  { SELECT ?c WHERE { ?c a sayso:Claim } ORDER BY ?c LIMIT 1 }
  ?text a sayso:TextVersion ; schema:sha256 ?h ; ?tp ?to FILTER (?tp != sayso:sentence)
  ?encoding prov:used ?text ; ?ep ?eo FILTER (?ep != prov:used)
}
