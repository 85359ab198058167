INSERT { ?c prov:used ?w }
WHERE { SELECT ?c ?w WHERE { ?c a sayso:Encoding ; prov:used/sayso:charCount ?n . ?r prov:wasGeneratedBy ?c ; dcterms:source ?w } ORDER BY ?c ?w LIMIT 1 }
