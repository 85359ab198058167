"""Describe the endpoint in RDF (SPARQL 1.1 Service Description)."""

from collections.abc import Iterator

import pyoxigraph as ox

from sayso.store import RdfStore
from sayso.store.counts import graph_sizes
from sayso.vocabularies import VOCABULARIES

SD = "http://www.w3.org/ns/sparql-service-description#"
_TYPE = ox.NamedNode(VOCABULARIES["rdf"] + "type")
_TRIPLES = ox.NamedNode(VOCABULARIES["void"] + "triples")
_FORMATS = "http://www.w3.org/ns/formats/"
# W3C, Unique URIs for File Formats; by the suffixes that formats have here.
_NAMES = {
    "ttl": "Turtle",
    "nt": "N-Triples",
    "jsonld": "JSON-LD",
    "rdf": "RDF_XML",
    "trig": "TriG",
    "nq": "N-Quads",
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
}

Fact = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]


def service_description(
    claims: RdfStore, endpoint: str, *, updates: bool = False, federated: bool = False
) -> list[ox.Quad]:
    """Say what is found at an endpoint's address: languages, formats, features and data set.

    Nothing in it is a blank node, so that all of it can be linked to.
    """
    service, data = ox.NamedNode(endpoint), ox.NamedNode(endpoint + "#data")
    default = ox.NamedNode(endpoint + "#default-graph")
    facts: list[Fact] = [
        (service, _TYPE, _sd("Service")),
        (service, _sd("endpoint"), service),
        (service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        *([(service, _sd("supportedLanguage"), _sd("SPARQL11Update"))] if updates else []),
        (service, _sd("feature"), _sd("UnionDefaultGraph" if claims.united else "EmptyGraphs")),
        *([(service, _sd("feature"), _sd("BasicFederatedQuery"))] if federated else []),
        (service, _sd("defaultDataset"), data),
        (service, _sd("availableGraphs"), data),
        (data, _TYPE, _sd("Dataset")),
        (data, _TYPE, _sd("GraphCollection")),
        (data, _sd("defaultGraph"), default),
        (default, _TYPE, _sd("Graph")),
        (default, _TRIPLES, ox.Literal(claims.size)),
        *((service, _sd("resultFormat"), iri) for iri in map(format_iri, _NAMES)),
        *_graphs(claims, data, endpoint),
    ]
    return [ox.Quad(*fact) for fact in facts]


def format_iri(suffix: str) -> ox.NamedNode:
    """Return the IRI that W3C gives a format."""
    return ox.NamedNode(_FORMATS + _NAMES[suffix])


def _graphs(claims: RdfStore, data: ox.NamedNode, endpoint: str) -> Iterator[Fact]:
    for place, (name, size) in enumerate(graph_sizes(claims.engine).items()):
        entry = ox.NamedNode(f"{endpoint}#named-graph-{place}")
        graph = ox.NamedNode(f"{endpoint}#graph-{place}")
        yield data, _sd("namedGraph"), entry
        yield entry, _TYPE, _sd("NamedGraph")
        yield entry, _sd("name"), ox.NamedNode(name)
        yield entry, _sd("graph"), graph
        yield graph, _TYPE, _sd("Graph")
        yield graph, _TRIPLES, ox.Literal(size)


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)
