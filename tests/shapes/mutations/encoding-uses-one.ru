# a text and the article
INSERT { ?c prov:used ?w }
WHERE { SELECT ?c ?w WHERE { ?c a sayso:Encoding ; prov:used/sayso:charCount ?n . ?r prov:wasGeneratedBy ?c ; dcterms:source ?w } ORDER BY ?c ?w LIMIT 1 }

# nothing
# And claim-evidence-reachable where { ?rec prov:wasGeneratedBy ?c ; ^dcterms:isPartOf ?claim . ?claim a sayso:Claim FILTER NOT EXISTS { ?claim sayso:relays*/sayso:evidence ?place } FILTER NOT EXISTS { ?up sayso:relays+ ?claim . ?up sayso:evidence ?place } }
# And text-used where { ?o a sayso:TextVersion }
DELETE { ?c prov:used ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Encoding ; prov:used ?o } ORDER BY ?c ?o LIMIT 1 }
