DELETE { ?w schema:url ?u ; schema:publisher ?p }
WHERE { SELECT ?w ?u ?p WHERE { ?c dcterms:conformsTo method:notes ; prov:used ?w . ?w schema:url ?u ; schema:publisher ?p } ORDER BY ?w LIMIT 1 }
