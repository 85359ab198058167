# of anybody
INSERT DATA { <https://example.org/one> a schema:Person ; skos:exactMatch <https://example.org/two> }

# of somebody
# And referent-closed where { }
INSERT { ?x skos:exactMatch ?y }
WHERE { SELECT ?x ?y WHERE { ?x a schema:Person . ?y a schema:Organization } ORDER BY ?x ?y LIMIT 1 }
