# two
INSERT { ?c dcterms:source ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Record ; dcterms:source ?w . ?o a sayso:Referent FILTER (?o != ?w) } ORDER BY ?c ?o LIMIT 1 }

# none
# And claim-evidence-reachable where { ?claim dcterms:isPartOf ?c ; a sayso:Claim FILTER NOT EXISTS { ?claim sayso:relays*/sayso:evidence ?place } FILTER NOT EXISTS { ?up sayso:relays+ ?claim . ?up sayso:evidence ?place } }
# And encoding-uses-text-or-article where { ?c prov:wasGeneratedBy/prov:used ?used FILTER NOT EXISTS { ?used a sayso:TextVersion } }
DELETE { ?c dcterms:source ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Record ; dcterms:source ?o } ORDER BY ?c ?o LIMIT 1 }

# what is no referent
# And claim-evidence-reachable where { ?claim dcterms:isPartOf ?c ; a sayso:Claim FILTER NOT EXISTS { ?claim sayso:relays*/sayso:evidence ?place } FILTER NOT EXISTS { ?up sayso:relays+ ?claim . ?up sayso:evidence ?place } }
# And encoding-uses-text-or-article where { ?c prov:wasGeneratedBy/prov:used ?used FILTER NOT EXISTS { ?used a sayso:TextVersion } }
# And text-of-article where { ?c prov:wasGeneratedBy/prov:used ?used . ?used a sayso:TextVersion }
DELETE { ?c dcterms:source ?o }
INSERT { ?c dcterms:source <https://example.org/page> }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Record ; dcterms:source ?o } ORDER BY ?c ?o LIMIT 1 }
