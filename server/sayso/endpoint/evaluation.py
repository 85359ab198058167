"""Evaluate a query in the engine and let the engine write the answer: no row passes through Python.

A query reads and cannot write: ``Store.query`` takes no update, and SERVICE is refused
before the engine sees it.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache, partial
from io import BytesIO
from typing import Any, NamedTuple

import pyoxigraph as ox
from rdflib.plugins.sparql import prepareQuery

from sayso.endpoint.federation import calls_others
from sayso.endpoint.negotiation import choose
from sayso.endpoint.protocol import Query
from sayso.endpoint.query_text import DEEPEST, depth, from_several, in_default
from sayso.endpoint.reply import Short, Sink, TooMuch
from sayso.endpoint.rows import Window, windowed
from sayso.errors import (
    BadSyntax,
    NoRest,
    NotAcceptable,
    QueryFailed,
    SaysoError,
    ServiceRefused,
    ServiceUnknown,
    TooDeep,
    UnknownFunction,
)
from sayso.store import ClaimStore, RdfStore
from sayso.store.formats import (
    BOOLEAN_FORMATS,
    GRAPH_FORMATS,
    RESULT_FORMATS,
)
from sayso.store.queries import bad_query
from sayso.store.union import merged

Default = list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None
Named = list[ox.NamedNode | ox.BlankNode] | None
_Data = tuple[ox.Store, Default, Named]
Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
_FUNCTION = re.compile(r"custom function <([^>]*)> is not supported")
FAULTS = (OSError, ValueError, RuntimeError)  # what the engine raises at a query that it can read
_SHORT = 65_536  # bytes; what is looked at to see whether an answer is short


@dataclass(frozen=True)
class Answer:
    """The body of an answer and its media type."""

    body: bytes
    media_type: str


class Written(NamedTuple):
    """An answer that is still to be written: its media type, and what writes it.

    ``rest`` is the number of rows after which the rest begins, where only a part is written.
    """

    media_type: str
    write: Callable[[Sink], object]
    rest: int | None = None


@dataclass(frozen=True)
class Evaluator:
    """What evaluates queries: a store whose default graph is the union, and assumed prefixes.

    Relative IRIs resolve against ``base``. ``most_rows`` cuts longer answers; 0 cuts none. A
    query may call the ``services``, and nothing else. ``flat`` has the default graph alone.
    """

    store: ox.Store
    prefixes: Mapping[str, str]
    base: str | None = None
    most_rows: int = 0
    services: Collection[str] = ()
    flat: ox.Store | None = None
    _marks: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_marks", {name: f"{name}:" for name in self.prefixes})

    @classmethod
    def of(
        cls, claims: RdfStore, most_rows: int = 0, services: Collection[str] = ()
    ) -> "Evaluator":
        """Make the evaluator of a loaded graph."""
        base = claims.base if isinstance(claims, ClaimStore) else None
        return cls(claims.queryable, claims.prefixes, base, most_rows, services, claims.flat)

    def answer(self, query: Query, accept: str | None = None) -> Answer:
        """Evaluate a query and return its results in the format asked for; raise as ``begin``."""
        written, body = self.begin(query, accept), BytesIO()
        written.write(body)
        return Answer(body.getvalue(), written.media_type)

    def begin(self, query: Query, accept: str | None = None) -> Written:
        """Evaluate a query as far as it must be before its rows are written.

        Raise BadSyntax, TooDeep, ServiceRefused, ServiceUnknown, NotAcceptable, NoRest or
        QueryFailed; so does writing the last.
        """
        if calls_others(query.text, self.services):
            if self.services:
                raise ServiceUnknown(known=", ".join(sorted(self.services)))
            raise ServiceRefused
        if depth(query.text) > DEEPEST:
            raise TooDeep(limit=DEEPEST)
        data = self._data(query)
        results = self._results(query.text, data)
        window = Window(query.offset, self.most_rows)
        if isinstance(results, ox.QuerySolutions) and window:
            return self._part(query, results, data, window, accept)
        return _written(results, query.format, accept)

    def media_types(self, query: Query, accept: str | None) -> Iterator[str]:
        """Yield the media types that an answer may have, without looking at the query."""
        for offers in (RESULT_FORMATS, BOOLEAN_FORMATS, GRAPH_FORMATS):
            with suppress(NotAcceptable):
                yield choose(query.format, accept, offers).media_types[0]

    def _part(
        self,
        query: Query,
        results: ox.QuerySolutions,
        data: _Data,
        window: Window,
        accept: str | None,
    ) -> Written:
        """Write a part of the rows where there are more; every row takes a byte at least."""
        whole = _written(results, query.format, accept)
        names = [variable.value for variable in results.variables]
        if not window.offset:
            short = Short(min(window.limit, _SHORT))
            with suppress(TooMuch):
                whole.write(short)
                return Written(whole.media_type, short.pass_on)
        part = self._window(query, names, data, window)
        if part is None:
            if window.offset:
                raise NoRest
            return _written(self._results(query.text, data), query.format, accept)
        written = _written(part, query.format, accept)
        after = Window(window.offset + window.limit, 1)
        if not window.limit or not _any(self._window(query, names, data, after)):
            return written
        return written._replace(rest=after.offset)

    def _window(
        self, query: Query, names: list[str], data: _Data, window: Window
    ) -> ox.QuerySolutions | None:
        """Evaluate a part of a query; None where its text cannot be made a part."""
        text = windowed(query.text, names, window)
        with suppress(BadSyntax):
            results = self._results(text, data) if text else None
            return results if isinstance(results, ox.QuerySolutions) else None
        return None

    def _results(self, text: str, data: _Data) -> Results:
        """Evaluate with the prefixes that the query declares, and only else with the assumed ones.

        To read a query that lacks a prefix costs less than to look at each for all that it uses.
        """
        try:
            try:
                return self._ask(text, data, None)
            except SyntaxError:
                return self._ask(text, data, self._mentioned(text))
        except SyntaxError as error:
            raise bad_query(text, "query", error) from error
        except FAULTS as error:
            raise said(error) from error

    def _ask(self, text: str, data: _Data, prefixes: dict[str, str] | None) -> Results:
        store, default, named = data
        return store.query(
            text,
            base_iri=self.base,
            prefixes=prefixes,
            default_graph=default,
            named_graphs=named,
        )

    def _mentioned(self, text: str) -> dict[str, str]:
        """Leave out the prefixes that a query cannot use: to read all takes as long as a lookup."""
        if "\\" in text:  # an escape may stand for any letter of a name
            return dict(self.prefixes)
        return {name: self.prefixes[name] for name, mark in self._marks.items() if mark in text}

    def _data(self, query: Query) -> _Data:
        """Find the data set: the request's, else the query's own, else all (Protocol, 2.1.4)."""
        default, named = query.default_graphs, query.named_graphs
        if not default and not named:
            default, named = self._own_data(query.text)
        if not default and not named:
            flat = self.flat
            return (flat if flat is not None and in_default(query.text) else self.store), None, None
        first = [ox.NamedNode(iri) for iri in default]
        second = [ox.NamedNode(iri) for iri in named]
        if len(first) > 1:
            return merged(self.store, first, second), [ox.DefaultGraph()], [*second]
        return self.store, [*first], [*second]

    def _own_data(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Read several FROM clauses: the engine repeats a triple that stands in two of them.

        It reads none and a single one rightly, and these are left to it.
        """
        if not from_several(text):
            return (), ()
        try:
            clauses = prepareQuery(text, initNs=dict(self.prefixes)).algebra.datasetClause or ()
        except Exception as error:
            self._results(text, (ox.Store(), None, None))  # the engine names the place
            raise QueryFailed(reason="name its graphs by default-graph-uri") from error
        return (
            tuple(str(clause.default) for clause in clauses if clause.default),
            tuple(str(clause.named) for clause in clauses if clause.named),
        )


def _written(results: Results, name: str | None, accept: str | None) -> Written:
    media_type, engine = _form(type(results).__name__, name, accept)
    return Written(media_type, partial(_write, results, engine))


@lru_cache(maxsize=256)
def _form(kind: str, name: str | None, accept: str | None) -> tuple[str, object]:
    """Choose the media type and the engine's format; clients say the same again and again."""
    if kind == ox.QueryTriples.__name__:
        graph_format = choose(name, accept, GRAPH_FORMATS)
        return graph_format.media_type, graph_format.engine
    offers = BOOLEAN_FORMATS if kind == ox.QueryBoolean.__name__ else RESULT_FORMATS
    result_format = choose(name, accept, offers)
    return result_format.media_type, result_format.engine


def _write(results: Any, form: object, output: Sink) -> None:  # noqa: ANN401 - one of three
    try:
        results.serialize(output, format=form)
    except FAULTS as error:
        raise said(error) from error


def _any(results: ox.QuerySolutions | None) -> bool:
    try:
        return results is not None and next(results, None) is not None
    except FAULTS as error:
        raise said(error) from error


def said(error: Exception) -> SaysoError:
    """Say in a sentence what the engine says."""
    function = _FUNCTION.search(str(error))
    return UnknownFunction(function=function[1]) if function else QueryFailed(reason=error)
