"""Describe the endpoint in RDF (SPARQL 1.1 Service Description)."""

from collections.abc import Iterator

import pyoxigraph as ox

from sayso.store import ClaimStore
from sayso.store.formats import GRAPH_FORMATS, RESULT_FORMATS
from sayso.terms import VOCABULARIES

SD = "http://www.w3.org/ns/sparql-service-description#"
_TYPE = ox.NamedNode(VOCABULARIES["rdf"] + "type")


def service_description(claims: ClaimStore, endpoint: str) -> list[ox.Quad]:
    """Say what is found at an endpoint's address: language, formats, features and data set."""
    service, data = ox.NamedNode(endpoint), ox.NamedNode(endpoint + "#data")
    facts = [
        (service, _TYPE, _sd("Service")),
        (service, _sd("endpoint"), service),
        (service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        (service, _sd("feature"), _sd("UnionDefaultGraph")),
        (service, _sd("defaultDataset"), data),
        (data, _TYPE, _sd("Dataset")),
        *((service, _sd("resultFormat"), ox.NamedNode(iri)) for iri in _format_iris()),
        *_graphs(claims, data),
    ]
    return [ox.Quad(*fact) for fact in facts]


def _format_iris() -> list[str]:
    return [format_.engine.iri for format_ in (*RESULT_FORMATS, *GRAPH_FORMATS)]


def _graphs(
    claims: ClaimStore, data: ox.NamedNode
) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]]:
    for number, name in enumerate(sorted(claims.store.named_graphs(), key=str)):
        graph = ox.NamedNode(f"{data.value}-{number}")
        yield data, _sd("namedGraph"), graph
        yield graph, _TYPE, _sd("NamedGraph")
        yield graph, _sd("name"), ox.NamedNode(name.value)


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)
