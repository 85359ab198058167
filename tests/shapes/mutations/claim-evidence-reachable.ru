# May break claim-iri-in-record, too.
INSERT { <RECORD#c9999> ?p ?o }
WHERE { { SELECT ?c WHERE { ?c a sayso:Claim ; sayso:basis ?b FILTER NOT EXISTS { ?c sayso:relays ?r } } ORDER BY ?c LIMIT 1 } ?c ?p ?o FILTER (?p NOT IN (sayso:evidence, sayso:contradicts)) }
