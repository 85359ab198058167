# nobody known
DELETE { ?c prov:wasAssociatedWith ?o }
INSERT { ?c prov:wasAssociatedWith person:nobody }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Encoding ; prov:wasAssociatedWith ?o } ORDER BY ?c ?o LIMIT 1 }

# none
DELETE { ?c prov:wasAssociatedWith ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Encoding ; prov:wasAssociatedWith ?o } ORDER BY ?c ?o LIMIT 1 }
