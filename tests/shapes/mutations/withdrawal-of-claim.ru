# of nothing
INSERT { <https://w3id.org/sayso/article/back#withdrawal> a sayso:Withdrawal ; prov:wasAssociatedWith ?who }
WHERE { SELECT ?c ?who WHERE { ?c sayso:claimant ?who . ?who a schema:Organization } ORDER BY ?c LIMIT 1 }

# of a statement
# And statement-closed where { }
INSERT { ?s prov:wasInvalidatedBy <https://w3id.org/sayso/article/back#withdrawal> . <https://w3id.org/sayso/article/back#withdrawal> a sayso:Withdrawal }
WHERE { SELECT ?s WHERE { ?s a sayso:Statement } ORDER BY ?s LIMIT 1 }
