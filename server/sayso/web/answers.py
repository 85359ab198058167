"""Show the answer to a query as a page does: the first rows, and how many more there are."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from urllib.parse import urlencode

import pyoxigraph as ox

from sayso.endpoint.negotiation import Offer
from sayso.endpoint.protocol import Query
from sayso.endpoint.reply import TooMuch
from sayso.endpoint.results import Written
from sayso.store.export import export_quads
from sayso.store.formats import BOOLEAN_FORMATS, GRAPH_FORMATS, RESULT_FORMATS, TURTLE
from sayso.terms import VOCABULARIES
from sayso.web.facts import Link
from sayso.web.site import Site

_SHOWN = 200  # rows
_READ = 4_000_000  # bytes; who wants more of an answer than that downloads it
_TURTLE = 500  # triples shown as text; more are no reading matter
# Rows and triples come a line each, so that those that are shown can be cut off and read.
_ANY = "text/tab-separated-values, application/n-triples, application/sparql-results+json;q=0.5"
_NUMBERS = frozenset(
    VOCABULARIES["xsd"] + name
    for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
)


@dataclass(frozen=True)
class Cell(Link):
    """A term in a table; ``number`` says that it can be drawn as a length."""

    number: bool = False


@dataclass(frozen=True)
class Shown:
    """An answer as a page shows it: rows, a yes or no, or a graph as rows of triples.

    ``total`` counts the rows that were read: all, unless ``more`` are there or the server
    ``cut`` them. ``turtle`` is the text of a small graph.
    """

    columns: list[str] = field(default_factory=list)
    rows: list[list[Cell | None]] = field(default_factory=list)
    total: int = 0
    more: bool = False
    cut: bool = False
    boolean: bool | None = None
    graph: bool = False
    turtle: str | None = None
    downloads: list[tuple[str, str]] = field(default_factory=list)

    @property
    def partial(self) -> bool:
        """Say whether there are more rows than are shown."""
        return self.cut or self.more or self.total > len(self.rows)

    @classmethod
    def of(cls, site: Site, text: str) -> "Shown":
        """Evaluate a query; raise what the evaluator raises."""
        written = site.sparql.evaluator.begin(Query(text), _ANY)
        head = Head()
        with suppress(TooMuch):
            written.write(head)
        if written.media_type.endswith("json"):
            parsed = ox.parse_query_results(head.body, ox.QueryResultsFormat.JSON)
            return cls(boolean=bool(parsed), downloads=_downloads(text, BOOLEAN_FORMATS))
        if written.media_type == "application/n-triples":
            return cls._of_graph(site, text, head)
        return cls._of_rows(site, text, head, written)

    @classmethod
    def _of_rows(cls, site: Site, text: str, head: "Head", written: Written) -> "Shown":
        lines = head.lines
        some = b"".join(lines[: _SHOWN + 1])
        parsed = ox.parse_query_results(some, ox.QueryResultsFormat.TSV)
        if not isinstance(parsed, ox.QuerySolutions):
            raise TypeError("TSV holds rows")
        return cls(
            columns=[variable.value for variable in parsed.variables],
            rows=[[_cell(site, term) for term in row] for row in parsed],
            total=len(lines) - 1,
            more=head.full,
            cut=written.rest is not None,
            downloads=_downloads(text, RESULT_FORMATS),
        )

    @classmethod
    def _of_graph(cls, site: Site, text: str, head: "Head") -> "Shown":
        lines = head.lines
        some = ox.parse(b"".join(lines[:_TURTLE]), format=ox.RdfFormat.N_TRIPLES)
        quads = list(some)
        small = len(lines) <= _TURTLE and not head.full
        return cls(
            columns=["subject", "predicate", "object"],
            rows=[list(_triple(site, quad)) for quad in islice(quads, _SHOWN)],
            total=len(lines),
            more=head.full,
            graph=True,
            turtle=_turtle(site, quads) if small else None,
            downloads=_downloads(text, GRAPH_FORMATS),
        )


class Head:
    """Hold the beginning of a body, in whole lines; raise TooMuch where it is longer."""

    def __init__(self, most: int = _READ) -> None:
        self._most = most
        self._held = BytesIO()
        self.full = False

    def write(self, data: bytes, /) -> int:
        """Take a piece; raise TooMuch, again where the engine tries once more to be rid of it."""
        if self.full:
            raise TooMuch
        self._held.write(data)
        if self._held.tell() > self._most:
            self.full = True
            raise TooMuch
        return len(data)

    def flush(self) -> None:
        """Do nothing."""

    @property
    def body(self) -> bytes:
        """What is held."""
        return self._held.getvalue()

    @property
    def lines(self) -> list[bytes]:
        """The whole lines."""
        return [line for line in self.body.splitlines(keepends=True) if line.endswith(b"\n")]


def _triple(site: Site, quad: ox.Quad) -> Iterator[Cell | None]:
    return (_cell(site, term) for term in (quad.subject, quad.predicate, quad.object))


def _cell(site: Site, term: object) -> Cell | None:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        link = site.facts.link(term)
        return Cell(link.text, link.href, link.iri, link.outside)
    if isinstance(term, ox.Literal):
        return Cell(term.value, number=term.datatype.value in _NUMBERS)
    return Cell(str(term))


def _turtle(site: Site, quads: Sequence[ox.Quad]) -> str:
    used = " ".join(str(quad) for quad in quads)
    prefixes = {name: iri for name, iri in site.claims.prefixes.items() if f"<{iri}" in used}
    return export_quads(quads, TURTLE, prefixes).decode("utf-8")


def _downloads(text: str, formats: Sequence[Offer]) -> list[tuple[str, str]]:
    return [
        (form.suffix, "/sparql?" + urlencode({"query": text, "format": form.suffix}))
        for form in formats
    ]
