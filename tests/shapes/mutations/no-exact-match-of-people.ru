INSERT DATA { <https://example.org/one> a schema:Person ; skos:exactMatch <https://example.org/two> }
