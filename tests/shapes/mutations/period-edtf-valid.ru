# a season
INSERT DATA { date:autumn a sayso:Period ; sayso:edtf "autumn"^^edtf:EDTF }

# what was a date
# And period-iri-fits-edtf where { }
DELETE { ?c sayso:edtf ?o }
INSERT { ?c sayso:edtf "some day"^^edtf:EDTF }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Period ; sayso:edtf ?o } ORDER BY ?c ?o LIMIT 1 }
