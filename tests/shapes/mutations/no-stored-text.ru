INSERT DATA { <https://example.org/copy> a schema:Thing ; schema:text "Words that somebody wrote." }
