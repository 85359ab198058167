"""Answer SPARQL over HTTP."""
