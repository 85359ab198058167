DELETE { ?c sayso:relays ?o }
INSERT { ?c sayso:basis basis:unstated . ?other sayso:relays ?o }
WHERE {
  { SELECT ?c WHERE { ?c a sayso:Claim ; sayso:act act:reports ; sayso:evidence ?e . FILTER NOT EXISTS { ?up sayso:relays ?c } } ORDER BY ?c LIMIT 1 }
  ?c sayso:relays ?o ; sayso:claimant ?who .
  { SELECT ?other ?who2 WHERE { ?other a sayso:Claim ; sayso:act act:reports ; sayso:claimant ?who2 ; sayso:evidence ?e2 . FILTER NOT EXISTS { ?up2 sayso:relays ?other } } ORDER BY DESC(?other) LIMIT 1 }
}
