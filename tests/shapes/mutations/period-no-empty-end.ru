# a new one
INSERT DATA { date:_2001-09-10 a sayso:Period ; sayso:edtf "/2001-09-10"^^edtf:EDTF ; sayso:latest "2001-09-10"^^xsd:date }

# what was open
# And period-iri-fits-edtf where { }
DELETE { ?c sayso:edtf ?o }
INSERT { ?c sayso:edtf ?n }
WHERE { SELECT ?c ?o ?n WHERE { ?c a sayso:Period ; sayso:edtf ?o FILTER (STRSTARTS(STR(?o), "../")) BIND (STRDT(SUBSTR(STR(?o), 3), edtf:EDTF) AS ?n) } ORDER BY ?c ?o ?n LIMIT 1 }
