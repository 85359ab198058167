"""Build the index that search, facets and lists read: SQLite with FTS5, in memory.

It is built once, when a graph is loaded; each process that is asked reads its bytes.
"""

import sqlite3
import weakref
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from sayso.analysis.reading import natural
from sayso.analysis.telling import in_words
from sayso.store import ClaimStore
from sayso.web.claims import walk
from sayso.web.facts import named

_UNION = ox.DefaultGraph()
_TABLES = """
CREATE TABLE term (id INTEGER PRIMARY KEY, iri TEXT, label TEXT, kind TEXT);
CREATE TABLE claim (id INTEGER PRIMARY KEY, iri TEXT, speaker INT, act INT, certainty INT,
                    work INT, said INT, happened INT, statement INT,
                    said_year INT, happened_year INT, first INT, second INT, third INT);
CREATE TABLE about (claim INT, term INT, PRIMARY KEY (claim, term)) WITHOUT ROWID;
CREATE TABLE below (claim INT, inner INT, PRIMARY KEY (claim, inner)) WITHOUT ROWID;
CREATE TABLE period (id INTEGER PRIMARY KEY, iri TEXT, edtf TEXT, earliest TEXT, latest TEXT);
CREATE VIRTUAL TABLE words USING fts5
  (text, content='', tokenize='porter unicode61 remove_diacritics 2', prefix='2 3');
CREATE VIRTUAL TABLE name USING fts5
  (text, content='', tokenize='porter unicode61 remove_diacritics 2', prefix='2 3');
"""
_LOOKED_UP = """
CREATE INDEX by_speaker ON claim (speaker); CREATE INDEX by_work ON claim (work);
CREATE INDEX by_said ON claim (said); CREATE INDEX by_happened ON claim (happened);
CREATE INDEX by_iri ON term (iri); CREATE INDEX by_about ON about (term);
CREATE INDEX by_act ON claim (act); CREATE INDEX by_certainty ON claim (certainty);
CREATE INDEX by_said_year ON claim (said_year);
CREATE INDEX by_happened_year ON claim (happened_year);
"""
_PARTS = ("sayso:subject", "sayso:object", "schema:contentLocation")
_NAMES = ("skos:prefLabel", "rdfs:label", "dcterms:title", "skos:altLabel", "skos:definition")
_BOUNDS = ("earliest", "latest")
Column = dict[str, str]


class Index:
    """An index, whole in memory: `connection` reads it."""

    def __init__(self, content: bytes) -> None:
        self.connection = sqlite3.connect(":memory:", check_same_thread=False)
        weakref.finalize(self, self.connection.close)
        self.connection.deserialize(content)
        self.connection.execute("PRAGMA temp_store=MEMORY")


def content(claims: ClaimStore) -> bytes:
    """Write all that is to be found in a graph, as the bytes of a file of SQLite."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.executescript(_TABLES)
        connection.execute("BEGIN")
        _Filling(connection, claims).fill()
        connection.execute("COMMIT")
        connection.executescript(_LOOKED_UP)
        return connection.serialize()
    finally:
        connection.close()


@dataclass
class _Filling:
    """One filling of an index: what is read from the graph, and the numbers that it gets."""

    connection: sqlite3.Connection
    claims: ClaimStore
    terms: dict[str, int] = field(default_factory=dict)
    columns: dict[str, Column] = field(default_factory=dict)

    def fill(self) -> None:
        kinds = self.claims.default.quads_for_pattern(
            None, named("rdf:type"), named("sayso:Claim"), _UNION
        )
        iris = [quad.subject.value for quad in kinds if isinstance(quad.subject, ox.NamedNode)]
        iris = [iri for iri in sorted(iris, key=natural) if iri in self._column("sayso:claimant")]
        numbers = {iri: number for number, iri in enumerate(iris, start=1)}
        self._write("claim", 14, (self._claim(number, iri) for iri, number in numbers.items()))
        self._write("about", 2, self._about(numbers))
        self._write("below", 2, self._below(numbers))
        texts = ((number, self._words(iri)) for iri, number in numbers.items())
        self.connection.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", texts)
        self._periods()
        self._names()

    def _write(self, table: str, width: int, rows: Iterable[tuple[object, ...]]) -> None:
        marks = ", ".join("?" * width)
        self.connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", rows)  # noqa: S608

    def _column(self, predicate: str) -> Column:
        """Read the first value of a predicate for each subject."""
        if predicate not in self.columns:
            found: Column = {}
            for subject, value in self._pairs(predicate):
                if value < found.get(subject, "\uffff"):
                    found[subject] = value
            self.columns[predicate] = found
        return self.columns[predicate]

    def _pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        quads = self.claims.default.quads_for_pattern(None, named(predicate), None, _UNION)
        for quad in quads:
            if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.Triple):
                yield quad.subject.value, quad.object.value

    def _term(self, iri: str | None) -> int | None:
        return self.terms.setdefault(iri, len(self.terms) + 1) if iri else None

    def _claim(self, number: int, iri: str) -> tuple[object, ...]:
        statement = self._column("sayso:states").get(iri)
        happened = self._column("sayso:eventDate").get(statement or "")
        terms = (
            *(self._column(f"sayso:{name}").get(iri) for name in ("claimant", "act", "certainty")),
            *(self._column(f"sayso:{name}").get(iri) for name in ("saidIn", "saidOn")),
            happened,
            statement,
        )
        years = (self._year(self._column("sayso:saidOn").get(iri)), self._year(happened))
        about = [*self._spoken_of(statement or ""), None, None, None][:3]
        return number, iri, *map(self._term, terms), *years, *map(self._term, about)

    def _year(self, period: str | None) -> int | None:
        """Return the first year of a period, or the last one where it has no beginning."""
        bounds = (self._column(f"sayso:{name}").get(period or "") for name in _BOUNDS)
        year = next(filter(None, bounds), "").partition("-")[0]
        return int(year) if year.isdigit() else None

    def _about(self, numbers: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
        """Yield whom and what each claim speaks of."""
        for iri, number in numbers.items():
            statement = self._column("sayso:states").get(iri, "")
            for term in self._spoken_of(statement):
                yield number, self._term(term)

    def _spoken_of(self, statement: str) -> list[str]:
        """List whom and what a statement names, each once: subject, object and place."""
        named = (self._column(part).get(statement, "") for part in _PARTS)
        return list(dict.fromkeys(term for term in named if term in self._referents))

    @property
    def _referents(self) -> Column:
        return self._column("skos:prefLabel")

    def _below(self, numbers: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
        """Yield what each claim passes on, at any distance, but for what comes back to it."""
        inward: dict[str, list[str]] = defaultdict(list)
        for claim, relayed in self._pairs("sayso:relays"):
            inward[claim].append(relayed)
        reached = {iri: self._reached(iri, inward) for iri in inward if iri in numbers}
        for outer, found in reached.items():
            for inner in found:
                if inner in numbers and outer not in reached.get(inner, ()):
                    yield numbers[outer], numbers[inner]

    @staticmethod
    def _reached(iri: str, inward: Mapping[str, list[str]]) -> set[str]:
        return {*walk(iri, lambda one: inward.get(one, []))[1:]}

    def _words(self, iri: str) -> str:
        """Join all in which words are looked for."""
        statement = self._column("sayso:states").get(iri, "")
        parts = [self._column("sayso:paraphrase").get(iri, "")]
        for predicate in ("sayso:claimant", "sayso:act", "sayso:saidIn"):
            parts.append(self._named(self._column(predicate).get(iri, "")))
        for part in ("sayso:subject", "sayso:predicate", "sayso:object", "schema:contentLocation"):
            value = self._column(part).get(statement, "")
            parts.append(self._named(value) or value)
        parts.append(self._column("sayso:edtf").get(self._column("sayso:saidOn").get(iri, ""), ""))
        return " \n".join(filter(None, parts))

    def _named(self, iri: str) -> str:
        """Join the names of a thing, and what a predicate means."""
        return " ".join(self._all_names.get(iri, ()))

    @property
    def _all_names(self) -> dict[str, list[str]]:
        return self._names_read or self._read_names()

    def _read_names(self) -> dict[str, list[str]]:
        wanted = {*self._column("sayso:predicate").values()}
        for name in _NAMES:
            for subject, value in self._pairs(name):
                if name != "skos:definition" or subject in wanted:
                    self._names_read[subject].append(value)
        return self._names_read

    _names_read: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def _periods(self) -> None:
        columns = [self._column(f"sayso:{name}") for name in ("edtf", "earliest", "latest")]
        self._write(
            "period",
            5,
            (
                (self._term(iri), iri, *(column.get(iri) for column in columns))
                for iri in columns[0]
            ),
        )

    def _names(self) -> None:
        """Write what every numbered thing is called, and by what names referents are found."""
        referents = {
            quad.subject.value
            for quad in self.claims.default.quads_for_pattern(
                None, named("rdf:type"), named("sayso:Referent"), _UNION
            )
            if isinstance(quad.subject, ox.NamedNode)
        }
        for iri in sorted(referents):
            self._term(iri)
        rows = (
            (number, iri, self._label(iri), "referent" if iri in referents else None)
            for iri, number in self.terms.items()
        )
        self._write("term", 4, rows)
        texts = ((self._term(iri), self._named(iri)) for iri in sorted(referents))
        self.connection.executemany("INSERT INTO name (rowid, text) VALUES (?, ?)", texts)

    def _label(self, iri: str) -> str:
        for name in ("skos:prefLabel", "rdfs:label", "dcterms:title"):
            if iri in self._column(name):
                return self._column(name)[iri]
        edtf = self._column("sayso:edtf").get(iri)
        return in_words(edtf) if edtf else iri.rpartition("/")[2]
