# no date
DELETE { ?c sayso:edtf ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Period ; sayso:edtf ?o } ORDER BY ?c ?o LIMIT 1 }

# a plain text
DELETE { ?c sayso:edtf ?o }
INSERT { ?c sayso:edtf ?n }
WHERE { SELECT ?c ?o ?n WHERE { ?c a sayso:Period ; sayso:edtf ?o BIND (STR(?o) AS ?n) } ORDER BY ?c ?o ?n LIMIT 1 }

# two dates
INSERT { ?c sayso:edtf "1865"^^edtf:EDTF }
WHERE { SELECT ?c WHERE { ?c a sayso:Period ; sayso:edtf ?o } ORDER BY ?c LIMIT 1 }
