"""Name what rdflib reads each format with, and the warnings that are its own."""

import pytest

# By suffix: the media type, and rdflib's parser.
FORMATS = {
    "ttl": ("text/turtle", "turtle"),
    "nt": ("application/n-triples", "nt"),
    "jsonld": ("application/ld+json", "json-ld"),
    "rdf": ("application/rdf+xml", "xml"),
    "trig": ("application/trig", "trig"),
    "nq": ("application/n-quads", "nquads"),
}
rdflibs_own = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
