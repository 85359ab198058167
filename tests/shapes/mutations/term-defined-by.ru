# nowhere
DELETE { ?c rdfs:isDefinedBy ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Predicate ; rdfs:isDefinedBy ?o } ORDER BY ?c ?o LIMIT 1 }

# in a text
DELETE { ?c rdfs:isDefinedBy ?o }
INSERT { ?c rdfs:isDefinedBy "here" }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Predicate ; rdfs:isDefinedBy ?o } ORDER BY ?c ?o LIMIT 1 }
