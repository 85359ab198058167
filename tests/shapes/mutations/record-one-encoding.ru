# two
INSERT { ?c prov:wasGeneratedBy <https://example.org/reading> . <https://example.org/reading> a sayso:Encoding ; ?p ?o }
WHERE { { SELECT ?c ?e WHERE { ?c a sayso:Record ; prov:wasGeneratedBy ?e } ORDER BY ?c LIMIT 1 } ?e ?p ?o }

# none
# And claim-evidence-reachable where { ?claim dcterms:isPartOf ?c ; a sayso:Claim FILTER NOT EXISTS { ?claim sayso:relays*/sayso:evidence ?place } FILTER NOT EXISTS { ?up sayso:relays+ ?claim . ?up sayso:evidence ?place } }
DELETE { ?c prov:wasGeneratedBy ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Record ; prov:wasGeneratedBy ?o } ORDER BY ?c ?o LIMIT 1 }

# what is no encoding
# And claim-evidence-reachable where { ?claim dcterms:isPartOf ?c ; a sayso:Claim FILTER NOT EXISTS { ?claim sayso:relays*/sayso:evidence ?place } FILTER NOT EXISTS { ?up sayso:relays+ ?claim . ?up sayso:evidence ?place } }
DELETE { ?c prov:wasGeneratedBy ?o }
INSERT { ?c prov:wasGeneratedBy ?w }
WHERE { SELECT ?c ?o ?w WHERE { ?c a sayso:Record ; prov:wasGeneratedBy ?o ; dcterms:source ?w } ORDER BY ?c ?o LIMIT 1 }
