# a report of nothing, whose source another relays
DELETE { ?c sayso:relays ?o }
INSERT { ?c sayso:basis basis:unstated . ?other sayso:relays ?o }
WHERE {
  { SELECT ?c ?other WHERE { ?c a sayso:Claim ; sayso:act act:reports ; sayso:evidence ?e ; dcterms:isPartOf ?r ; sayso:relays ?x . ?other a sayso:Claim ; sayso:act act:reports ; sayso:evidence ?e2 ; dcterms:isPartOf ?r . FILTER (?c != ?other) FILTER NOT EXISTS { ?up sayso:relays ?c } FILTER NOT EXISTS { ?up2 sayso:relays ?other } FILTER NOT EXISTS { ?c sayso:relays ?y . ?y dcterms:isPartOf ?r2 FILTER (?r2 != ?r) } FILTER NOT EXISTS { ?c sayso:basis ?b } } ORDER BY ?c ?other LIMIT 1 }
  ?c sayso:relays ?o .
}

# a statement taken away
# And statement-claimed where { FILTER NOT EXISTS { ?d sayso:states ?o FILTER (?d != ?c) } }
DELETE { ?c sayso:states ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:Claim ; sayso:states ?o FILTER NOT EXISTS { ?c sayso:relays ?r } } ORDER BY ?c ?o LIMIT 1 }
