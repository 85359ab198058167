INSERT { <https://example.org/notes> a sayso:Record ; dcterms:title "Notes"@en ; dcterms:source ?w ; dcterms:license ?l ; prov:wasGeneratedBy <https://example.org/reading> .
  <https://example.org/reading> a sayso:Encoding ; prov:wasAssociatedWith ?who ; prov:endedAtTime ?t ; prov:used ?x . }
WHERE { SELECT ?w ?l ?who ?t ?x WHERE { ?r dcterms:source ?w ; dcterms:license ?l ; prov:wasGeneratedBy ?e . ?e prov:wasAssociatedWith ?who ; prov:endedAtTime ?t . ?x a schema:Person } ORDER BY ?w ?l ?who ?t ?x LIMIT 1 }
