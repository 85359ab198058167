# a new one
INSERT DATA { date:that-day a sayso:Period ; sayso:edtf "2001-09-10"^^edtf:EDTF ; sayso:earliest "2001-09-10"^^xsd:date ; sayso:latest "2001-09-10"^^xsd:date }

# another's IRI
# And period-bounds-fit where { }
DELETE { ?c sayso:edtf ?o }
INSERT { ?c sayso:edtf "1865-12-24"^^edtf:EDTF }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Period ; sayso:edtf ?o FILTER (STR(?o) != "1865-12-24") } ORDER BY ?c ?o LIMIT 1 }
