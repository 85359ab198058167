# an IRI that nobody describes
DELETE { ?c sayso:states ?old }
INSERT { ?c sayso:states ?new . ?new a sayso:Statement ; sayso:subject ?s ; sayso:predicate ?p ; sayso:object ?o }
WHERE {
  { SELECT ?c ?old ?anyone ?any ?anything WHERE { ?c sayso:states ?old . ?d1 sayso:states ?old FILTER (?c != ?d1) ?old sayso:subject ?anyone ; sayso:predicate ?any ; sayso:object ?anything FILTER (isIRI(?anything)) FILTER NOT EXISTS { ?c sayso:contradicts|^sayso:contradicts ?x } } ORDER BY ?c LIMIT 1 }
  BIND (?anyone AS ?s)
  BIND (?any AS ?p)
  BIND (event:croquet AS ?o)
  BIND (SUBSTR(SHA256(CONCAT(STR(?s), "\n", STR(?p), "\n", STR(?o), "\n\n\n", COALESCE(STR(?d), ""), "\n", COALESCE(STR(?l), ""))), 1, 8) AS ?hash)
  BIND (IRI(CONCAT(STR(stmt:), "made-up-", ?hash)) AS ?new)
}
