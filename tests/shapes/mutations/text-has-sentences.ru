DELETE { ?c sayso:sentence ?s . ?s sayso:omitted ?o }
WHERE { ?c sayso:sentence ?s OPTIONAL { ?s sayso:omitted ?o } }
