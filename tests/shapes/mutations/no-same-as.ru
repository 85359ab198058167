INSERT DATA { <https://example.org/one> a schema:Thing ; owl:sameAs <https://example.org/two> }
