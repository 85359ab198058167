# May break claim-evidence-reachable, too.
DELETE { ?c dcterms:isPartOf ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; dcterms:isPartOf ?o FILTER NOT EXISTS { ?u sayso:supports|sayso:relays ?c } } ORDER BY ?c ?o LIMIT 1 }
