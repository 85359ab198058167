"""Evaluate a query in the engine and let the engine write the answer: no row passes through Python.

A query reads and cannot write: ``Store.query`` takes no update, and SERVICE is refused
before the engine sees it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib.plugins.sparql import prepareQuery

from sayso.endpoint.federation import calls_service
from sayso.endpoint.negotiation import choose
from sayso.endpoint.protocol import Query
from sayso.errors import QueryFailed, ServiceRefused, TooDeep
from sayso.store import ClaimStore
from sayso.store.formats import (
    BOOLEAN_FORMATS,
    GRAPH_FORMATS,
    RESULT_FORMATS,
)
from sayso.store.queries import bad_query
from sayso.store.union import merged

Default = list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None
Named = list[ox.NamedNode | ox.BlankNode] | None
Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
_FROM = re.compile(r"(?<![?$:\w])FROM\s*(?!NAMED)[<\w:]", re.IGNORECASE)
_BRACKET = re.compile(r"[(\[{}\])]")
_NOTS = re.compile(r"!(?:\s*!)+")
_NOISE = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"""|"(?:[^"\\\r\n]|\\.)*"'
    r"|'''(?:[^'\\]|\\.|'{1,2}(?!'))*'''|'(?:[^'\\\r\n]|\\.)*'"
    r'|<[^<>"{}|^`\\\x00-\x20]*>|#[^\r\n]*',
    re.DOTALL,
)
_DEEPEST = 100  # the engine's parser overflows its stack at some thousands


@dataclass(frozen=True)
class Answer:
    """The body of an answer and its media type."""

    body: bytes
    media_type: str


@dataclass(frozen=True)
class Evaluator:
    """What evaluates queries: a store whose default graph is the union, and assumed prefixes."""

    store: ox.Store
    prefixes: Mapping[str, str]

    @classmethod
    def of(cls, claims: ClaimStore) -> "Evaluator":
        """Make the evaluator of a loaded graph."""
        return cls(claims.queryable, claims.prefixes)

    def answer(self, query: Query, accept: str | None = None) -> Answer:
        """Evaluate a query and write its results in the format asked for.

        Raise BadSyntax, TooDeep, ServiceRefused, NotAcceptable or QueryFailed.
        """
        if calls_service(query.text):
            raise ServiceRefused
        if _depth(query.text) > _DEEPEST:
            raise TooDeep(limit=_DEEPEST)
        results = self._results(query)
        try:
            return _written(results, query.format, accept)
        except (OSError, ValueError, RuntimeError) as error:
            raise QueryFailed(reason=error) from error

    def _results(self, query: Query) -> Results:
        store, default, named = self._data(query)
        try:
            return store.query(
                query.text,
                prefixes=dict(self.prefixes),
                default_graph=default,
                named_graphs=named,
            )
        except SyntaxError as error:
            raise bad_query(query.text, "query", error) from error
        except (OSError, ValueError, RuntimeError) as error:
            raise QueryFailed(reason=error) from error

    def _data(self, query: Query) -> tuple[ox.Store, Default, Named]:
        """Find the data set: the request's, else the query's own, else all (Protocol, 2.1.4)."""
        default, named = query.default_graphs, query.named_graphs
        if not default and not named:
            default, named = self._own_data(query.text)
        if not default and not named:
            return self.store, None, None
        first = [ox.NamedNode(iri) for iri in default]
        second = [ox.NamedNode(iri) for iri in named]
        if len(first) > 1:
            return merged(self.store, first, second), [ox.DefaultGraph()], [*second]
        return self.store, [*first], [*second]

    def _own_data(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Read several FROM clauses: the engine repeats a triple that stands in two of them.

        It reads none and a single one rightly, and these are left to it.
        """
        if len(_FROM.findall(_NOISE.sub("<>", text))) < 2:  # noqa: PLR2004
            return (), ()
        try:
            clauses = prepareQuery(text, initNs=dict(self.prefixes)).algebra.datasetClause or ()
        except Exception as error:
            self._results(Query(text, named_graphs=("urn:x-none:",)))  # the engine names the place
            raise QueryFailed(reason="name its graphs by default-graph-uri") from error
        return (
            tuple(str(clause.default) for clause in clauses if clause.default),
            tuple(str(clause.named) for clause in clauses if clause.named),
        )


def _written(results: Results, name: str | None, accept: str | None) -> Answer:
    if isinstance(results, ox.QueryTriples):
        graph_format = choose(name, accept, GRAPH_FORMATS)
        body = results.serialize(format=graph_format.engine)
        return Answer(body or b"", graph_format.media_type)
    offers = BOOLEAN_FORMATS if isinstance(results, ox.QueryBoolean) else RESULT_FORMATS
    result_format = choose(name, accept, offers)
    body = results.serialize(format=result_format.engine)
    return Answer(body or b"", result_format.media_type)


def _depth(text: str) -> int:
    """Count how deep brackets, and negations without any, nest outside comments, strings, IRIs."""
    plain = _NOISE.sub("", text)
    depth, deepest = 0, max((run.count("!") for run in _NOTS.findall(plain)), default=0)
    for bracket in _BRACKET.findall(plain):
        depth = depth + 1 if bracket in "([{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest
