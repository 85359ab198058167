"""Evaluate a query in the engine and let the engine write the answer: no row passes through Python.

A query reads and cannot write: ``Store.query`` takes no update, and SERVICE is refused
before the engine sees it.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO

import pyoxigraph as ox

from sayso.endpoint.data_set import DataSet, choose_data_set
from sayso.endpoint.federation import calls_others
from sayso.endpoint.negotiation import choose
from sayso.endpoint.protocol import Query
from sayso.endpoint.query_text import DEEPEST, depth
from sayso.endpoint.reply import Short, TooMuch
from sayso.endpoint.results import FAULTS, Answer, Results, Written, in_format, said
from sayso.endpoint.rows import IN_EACH_ROW, Window, windowed
from sayso.errors import (
    BadSyntax,
    NoRest,
    NotAcceptable,
    QueryFailed,
    ServiceRefused,
    ServiceUnknown,
    TooDeep,
)
from sayso.store import ClaimStore, RdfStore
from sayso.store.formats import (
    BOOLEAN_FORMATS,
    GRAPH_FORMATS,
    RESULT_FORMATS,
)
from sayso.store.queries import bad_query

_SHORT = 65_536  # bytes; what is looked at to see whether an answer is short


@dataclass(frozen=True)
class Evaluator:
    """What evaluates queries over a data set; they may use its prefixes undeclared.

    Relative IRIs resolve against ``base``. ``most_rows`` cuts longer answers; 0 cuts none. A
    query may call the ``services``, and nothing else.
    """

    data: RdfStore
    base: str | None = None
    most_rows: int = 0
    services: Collection[str] = ()
    _marks: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_marks", {name: f"{name}:" for name in self.data.prefixes})

    @classmethod
    def of(
        cls, claims: RdfStore, most_rows: int = 0, services: Collection[str] = ()
    ) -> "Evaluator":
        """Make the evaluator of a loaded graph."""
        base = claims.base if isinstance(claims, ClaimStore) else None
        return cls(claims, base, most_rows, services)

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
        return in_format(results, query.format, accept)

    def media_types(self, query: Query, accept: str | None) -> Iterator[str]:
        """Yield the media types that an answer may have, without looking at the query."""
        for offers in (RESULT_FORMATS, BOOLEAN_FORMATS, GRAPH_FORMATS):
            with suppress(NotAcceptable):
                yield choose(query.format, accept, offers).media_types[0]

    def _part(
        self,
        query: Query,
        results: ox.QuerySolutions,
        data: DataSet,
        window: Window,
        accept: str | None,
    ) -> Written:
        """Write a part of the rows where there are more.

        An answer that is short, and surely has no more, is not evaluated a second time.
        """
        whole = in_format(results, query.format, accept)
        names = [variable.value for variable in results.variables]
        if not window.offset:
            short = Short(_SHORT, IN_EACH_ROW[whole.media_type], window.limit)
            with suppress(TooMuch):
                whole.write(short)
                return Written(whole.media_type, short.pass_on)
        part = self._window(query, names, data, window)
        if part is None:
            if window.offset:
                raise NoRest
            return in_format(self._results(query.text, data), query.format, accept)
        written = in_format(part, query.format, accept)
        after = Window(window.offset + window.limit, 1)
        if not window.limit or not _any(self._window(query, names, data, after)):
            return written
        return written._replace(rest=after.offset)

    def _window(
        self, query: Query, names: list[str], data: DataSet, window: Window
    ) -> ox.QuerySolutions | None:
        """Evaluate a part of a query; None where its text cannot be made a part."""
        text = windowed(query.text, names, window)
        with suppress(BadSyntax):
            results = self._results(text, data) if text else None
            return results if isinstance(results, ox.QuerySolutions) else None
        return None

    def _results(self, text: str, data: DataSet) -> Results:
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

    def _ask(self, text: str, data: DataSet, prefixes: dict[str, str] | None) -> Results:
        return data.store.query(
            text,
            base_iri=self.base,
            prefixes=prefixes,
            default_graph=data.default,
            named_graphs=data.named,
        )

    def _mentioned(self, text: str) -> dict[str, str]:
        """Leave out the prefixes that a query cannot use: to read all takes as long as a lookup."""
        if "\\" in text:  # an escape may stand for any letter of a name
            return dict(self.data.prefixes)
        return {
            name: self.data.prefixes[name] for name, mark in self._marks.items() if mark in text
        }

    def _data(self, query: Query) -> DataSet:
        try:
            return choose_data_set(query, self.data)
        except QueryFailed:
            self._results(query.text, DataSet(ox.Store()))  # the engine names the place of a fault
            raise


def _any(results: ox.QuerySolutions | None) -> bool:
    try:
        return results is not None and next(results, None) is not None
    except FAULTS as error:
        raise said(error) from error
