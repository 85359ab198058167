"""List the formats that graphs and results are written in, in the order of preference.

Media types and suffixes are those registered with IANA or named in the W3C
specification of the format; the first media type is the one that answers bear.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox


@dataclass(frozen=True)
class _Format:
    name: str
    media_types: tuple[str, ...]
    suffix: str

    @property
    def media_type(self) -> str:
        """The media type that answers bear."""
        return self.media_types[0]


@dataclass(frozen=True)
class GraphFormat(_Format):
    """A serialisation of RDF."""

    engine: ox.RdfFormat

    @property
    def datasets(self) -> bool:
        """Say whether the format can tell named graphs apart."""
        return self.engine.supports_datasets


@dataclass(frozen=True)
class ResultFormat(_Format):
    """A serialisation of SPARQL results."""

    engine: ox.QueryResultsFormat


TURTLE = GraphFormat("Turtle", ("text/turtle", "application/x-turtle"), "ttl", ox.RdfFormat.TURTLE)
N_TRIPLES = GraphFormat("N-Triples", ("application/n-triples",), "nt", ox.RdfFormat.N_TRIPLES)
JSON_LD = GraphFormat(
    "JSON-LD", ("application/ld+json", "application/json"), "jsonld", ox.RdfFormat.JSON_LD
)
RDF_XML = GraphFormat(
    "RDF/XML", ("application/rdf+xml", "application/xml"), "rdf", ox.RdfFormat.RDF_XML
)
TRIG = GraphFormat("TriG", ("application/trig", "application/x-trig"), "trig", ox.RdfFormat.TRIG)
N_QUADS = GraphFormat("N-Quads", ("application/n-quads",), "nq", ox.RdfFormat.N_QUADS)

GRAPH_FORMATS = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML, TRIG, N_QUADS)

RESULT_FORMATS = (
    ResultFormat(
        "SPARQL JSON",
        ("application/sparql-results+json", "application/json"),
        "json",
        ox.QueryResultsFormat.JSON,
    ),
    ResultFormat(
        "SPARQL XML",
        ("application/sparql-results+xml", "application/xml"),
        "xml",
        ox.QueryResultsFormat.XML,
    ),
    ResultFormat("CSV", ("text/csv",), "csv", ox.QueryResultsFormat.CSV),
    ResultFormat("TSV", ("text/tab-separated-values",), "tsv", ox.QueryResultsFormat.TSV),
)

# CSV and TSV have no place for a boolean (SPARQL 1.1 Query Results CSV and TSV Formats, section 2).
BOOLEAN_FORMATS = RESULT_FORMATS[:2]


def graph_format(suffix: str, among: Iterable[GraphFormat] = GRAPH_FORMATS) -> GraphFormat | None:
    """Find the format of a suffix."""
    return next((format_ for format_ in among if format_.suffix == suffix), None)
