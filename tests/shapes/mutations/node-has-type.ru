INSERT DATA { <https://example.org/nobody> skos:altLabel "nobody"@en }
