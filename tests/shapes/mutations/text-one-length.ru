DELETE { ?c sayso:charCount ?o }
WHERE { SELECT ?c ?o WHERE { ?c a sayso:TextVersion ; sayso:charCount ?o } ORDER BY ?c ?o LIMIT 1 }
