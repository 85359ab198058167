# two stances
INSERT { ?c sayso:stance stance:withholds }
WHERE { SELECT ?c WHERE { ?c sayso:stance stance:affirms } ORDER BY ?c LIMIT 1 }

# none of the list
# And claim-stance-needs-statement where { ?x sayso:act ?c ; sayso:relays ?y FILTER NOT EXISTS { ?x sayso:states ?z } }
INSERT { ?c sayso:stance stance:doubts }
WHERE { SELECT ?c WHERE { ?c a sayso:SpeechAct FILTER NOT EXISTS { ?c sayso:stance ?s } } ORDER BY ?c LIMIT 1 }
