"""Measure SPARQL endpoints on the same generated graph, in turn, in one run.

`python -m bench.endpoint` needs wrk (Debian package `wrk`), since a client in Python
would be slower than what it measures, and `oxigraph` (PyPI).
"""
