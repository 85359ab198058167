"""Read what is checked: the files as they are, not as a store would rewrite them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import IdentifiedNode, Identifier

from sayso.errors import TripleTerm
from sayso.store.files import Source, read
from sayso.terms import SAYSO, VOCABULARIES
from sayso.validation.places import Places

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_TYPE = ox.NamedNode(VOCABULARIES["rdf"] + "type")
_CLAIM = ox.NamedNode(str(SAYSO.Claim))


class PreparedGraph(Graph):
    """A graph that parses each query once, though a shape asks it of every record."""

    def query(self, query_object: str | Query, *args: Any, **options: Any) -> Result:  # noqa: ANN401 - as rdflib has it
        """Answer a query (see rdflib's Graph.query)."""
        if isinstance(query_object, str):
            query_object = _prepared(query_object)
        return super().query(query_object, *args, **options)


@lru_cache(maxsize=256)
def _prepared(text: str) -> Query:
    return prepareQuery(text)


@dataclass(frozen=True)
class Material:
    """Some files, and what each of them says."""

    quads: Mapping[Source, list[ox.Quad]]

    @classmethod
    def read(cls, sources: Iterable[Source]) -> "Material":
        """Read files; raise NoFile, BadEncoding, BadSyntax or TripleTerm."""
        return cls({source: _read(source) for source in sources})

    @cached_property
    def triples(self) -> list[ox.Quad]:
        """What all files say, one after the other."""
        return list(chain.from_iterable(self.quads.values()))

    @cached_property
    def graph(self) -> Graph:
        """The union of all files, for rdflib, with every literal as it was written."""
        graph = PreparedGraph()
        for quad in self.triples:
            graph.add(_triple(quad))
        return graph

    @property
    def claims(self) -> dict[Path, int]:
        """How many claims each file holds."""
        return {
            source.path: sum(quad.predicate == _TYPE and quad.object == _CLAIM for quad in quads)
            for source, quads in self.quads.items()
        }

    @cached_property
    def places(self) -> Places:
        """Where in which file things are said."""
        return Places.of(self.quads)


def _read(source: Source) -> list[ox.Quad]:
    quads = read(source)
    # RDF 1.2 lets a triple stand for a node; no validator at hand reads that.
    if any(isinstance(term, ox.Triple) for quad in quads for term in quad):
        raise TripleTerm(path=source.path)
    return quads


def _triple(quad: ox.Quad) -> tuple[IdentifiedNode, URIRef, Identifier]:
    return _node(quad.subject), URIRef(quad.predicate.value), _term(quad.object)


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
