DELETE { ?c sayso:saidOn ?o }
INSERT { ?c sayso:saidOn date:1001 . date:1001 a sayso:Period ; sayso:edtf "1001"^^edtf:EDTF ; sayso:earliest "1001-01-01"^^xsd:date ; sayso:latest "1001-12-31"^^xsd:date . ?r sayso:saidOn ?o2 }
WHERE { SELECT ?c ?o ?r ?o2 WHERE { ?c a sayso:Claim ; sayso:saidOn ?o ; sayso:relays ?r . ?r sayso:saidOn ?o2 . ?o2 sayso:earliest ?day FILTER NOT EXISTS { ?up sayso:relays ?c } } ORDER BY ?c ?o ?r ?o2 LIMIT 1 }
