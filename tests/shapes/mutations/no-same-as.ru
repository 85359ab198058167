# of anything
INSERT DATA { <https://example.org/one> a schema:Thing ; owl:sameAs <https://example.org/two> }

# of somebody
# And referent-closed where { }
INSERT { ?x owl:sameAs ?y }
WHERE { SELECT ?x ?y WHERE { ?x a schema:Person . ?y a schema:Person FILTER (?x != ?y) } ORDER BY ?x ?y LIMIT 1 }
