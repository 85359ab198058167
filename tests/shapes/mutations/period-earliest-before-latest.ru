# a new one
INSERT DATA { date:1865 a sayso:Period ; sayso:edtf "1865"^^edtf:EDTF ; sayso:earliest "1866-01-01"^^xsd:date ; sayso:latest "1865-12-31"^^xsd:date }

# what was right
# And claim-not-said-before-source where { ?r sayso:relays/sayso:saidOn ?c ; sayso:saidOn/sayso:latest ?late FILTER (STR(?late) < "2999-01-01") }
DELETE { ?c sayso:earliest ?o }
INSERT { ?c sayso:earliest "2999-01-01"^^xsd:date }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Period ; sayso:earliest ?o ; sayso:latest ?l } ORDER BY ?c ?o LIMIT 1 }
