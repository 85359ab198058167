"""Show triples to rdflib, with every literal as it was written."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import IdentifiedNode, Identifier

from sayso.vocabularies import VOCABULARIES

_STRING = VOCABULARIES["xsd"] + "string"


class PreparedGraph(Graph):
    """A graph that parses each query once, though a shape asks it of every record."""

    def query(self, query_object: str | Query, *args: Any, **options: Any) -> Result:  # noqa: ANN401 - as rdflib has it
        """Answer a query (see rdflib's Graph.query)."""
        if isinstance(query_object, str):
            names = options.get("initNs") or dict(self.namespaces())
            query_object = _prepared(query_object, tuple(names.items()))
        return super().query(query_object, *args, **options)


@lru_cache(maxsize=256)
def _prepared(text: str, names: tuple[tuple[str, object], ...]) -> Query:
    return prepareQuery(text, initNs=dict(names))


def graph_of(quads: Iterable[ox.Quad]) -> Graph:
    """Return a graph of the triples of all quads; raise TypeError at a triple term."""
    graph = PreparedGraph()
    for quad in quads:
        subject, predicate = _node(quad.subject), URIRef(quad.predicate.value)
        graph.add((subject, predicate, _term(quad.object)))
    return graph


def _node(term: object) -> IdentifiedNode:
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    raise TypeError(f"{term} is no node")


def _term(term: object) -> Identifier:
    if not isinstance(term, ox.Literal):
        return _node(term)
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = None if term.datatype.value == _STRING else URIRef(term.datatype.value)
    return Literal(term.value, datatype=datatype, normalize=False)
