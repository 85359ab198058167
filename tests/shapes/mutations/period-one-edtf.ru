DELETE { ?c sayso:edtf ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Period ; sayso:edtf ?o } ORDER BY ?c ?o LIMIT 1 }
