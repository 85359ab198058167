# in no record
# And claim-evidence-reachable where { FILTER NOT EXISTS { ?c sayso:relays*/sayso:evidence ?place } FILTER NOT EXISTS { ?up sayso:relays+ ?c . ?up sayso:evidence ?place } }
DELETE { ?c dcterms:isPartOf ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; dcterms:isPartOf ?o } ORDER BY ?c ?o LIMIT 1 }

# in two records
# And claim-iri-in-record where { }
# And claim-evidence-in-own-text where { ?c sayso:evidence/oa:hasSource ?text FILTER NOT EXISTS { ?r prov:wasGeneratedBy/prov:used ?text } }
# And unnamed-source-local where { ?c sayso:claimant|(sayso:states/(sayso:subject|sayso:object)) ?who . ?who a sayso:UnnamedSource }
INSERT { ?c dcterms:isPartOf ?r }
WHERE { SELECT ?c ?r WHERE { ?c a sayso:Claim ; dcterms:isPartOf ?o . ?r a sayso:Record FILTER (?o != ?r) } ORDER BY ?c ?r LIMIT 1 }

# in what is no record
# And claim-evidence-reachable where { FILTER NOT EXISTS { ?c sayso:relays*/sayso:evidence ?place } FILTER NOT EXISTS { ?up sayso:relays+ ?c . ?up sayso:evidence ?place } }
DELETE { ?c dcterms:isPartOf ?o }
INSERT { ?c dcterms:isPartOf ?w }
WHERE { SELECT ?c ?o ?w WHERE { ?c a sayso:Claim ; dcterms:isPartOf ?o . ?o dcterms:source ?w } ORDER BY ?c ?o LIMIT 1 }
