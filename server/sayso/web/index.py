"""Build the index that search, facets and lists read: SQLite with FTS5, in memory.

It is built once, when a graph is loaded; each process that is asked reads its bytes.
"""

import sqlite3
import weakref
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sayso.analysis.reading import natural
from sayso.store import ClaimStore
from sayso.web.claims import walk
from sayso.web.columns import Columns

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
_OF_CLAIM = ("sayso:claimant", "sayso:act", "sayso:certainty", "sayso:saidIn", "sayso:saidOn")
_SPOKEN_OF = ("sayso:subject", "sayso:object", "schema:contentLocation")
_SAID = ("sayso:subject", "sayso:predicate", "sayso:object", "schema:contentLocation")
_BOUNDS = ("sayso:earliest", "sayso:latest")


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
        _Filling(connection, Columns(claims)).fill()
        connection.execute("COMMIT")
        connection.executescript(_LOOKED_UP)
        return connection.serialize()
    finally:
        connection.close()


@dataclass
class _Filling:
    """One filling of an index: what is read from the graph, and the numbers that it gets."""

    connection: sqlite3.Connection
    columns: Columns
    terms: dict[str, int] = field(default_factory=dict)

    def fill(self) -> None:
        claimants = self.columns.of("sayso:claimant")
        iris = sorted(self.columns.of_class("sayso:Claim"), key=natural)
        named = (iri for iri in iris if iri in claimants)
        numbers = {iri: number for number, iri in enumerate(named, start=1)}
        self._write("claim", 14, (self._claim(number, iri) for iri, number in numbers.items()))
        self._write("about", 2, self._about(numbers))
        self._write("below", 2, self._below(numbers))
        self._write_texts("words", ((number, self._words(iri)) for iri, number in numbers.items()))
        self._write("period", 5, self._periods())
        self._names()

    def _write(self, table: str, width: int, rows: Iterable[tuple[object, ...]]) -> None:
        marks = ", ".join("?" * width)
        self.connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", rows)  # noqa: S608

    def _write_texts(self, table: str, rows: Iterable[tuple[int | None, str]]) -> None:
        insert = f"INSERT INTO {table} (rowid, text) VALUES (?, ?)"  # noqa: S608 - a name from below
        self.connection.executemany(insert, rows)

    def _term(self, iri: str | None) -> int | None:
        return self.terms.setdefault(iri, len(self.terms) + 1) if iri else None

    def _claim(self, number: int, iri: str) -> tuple[object, ...]:
        value = self.columns.value
        statement = value(iri, "sayso:states")
        happened = value(statement, "sayso:eventDate")
        terms = (*(value(iri, name) for name in _OF_CLAIM), happened, statement)
        years = self._year(value(iri, "sayso:saidOn")), self._year(happened)
        about = [*self._spoken_of(statement), None, None, None][:3]
        return number, iri, *map(self._term, terms), *years, *map(self._term, about)

    def _year(self, period: str | None) -> int | None:
        """Return the first year of a period, or the last one where it has no beginning."""
        bounds = (self.columns.value(period, name) for name in _BOUNDS)
        year = next(filter(None, bounds), "").partition("-")[0]
        return int(year) if year.isdigit() else None

    def _about(self, numbers: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
        """Yield whom and what each claim speaks of."""
        for iri, number in numbers.items():
            for term in self._spoken_of(self.columns.value(iri, "sayso:states")):
                yield number, self._term(term)

    def _spoken_of(self, statement: str | None) -> list[str]:
        """List whom and what a statement names, each once: subject, object and place."""
        referents = self.columns.of("skos:prefLabel")
        named = (self.columns.value(statement, part) for part in _SPOKEN_OF)
        return list(dict.fromkeys(term for term in named if term in referents))

    def _below(self, numbers: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
        """Yield what each claim passes on, at any distance, but for what comes back to it."""
        inward: dict[str, list[str]] = defaultdict(list)
        for claim, relayed in self.columns.pairs("sayso:relays"):
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
        value, names = self.columns.value, self.columns.names
        statement = value(iri, "sayso:states")
        parts = [value(iri, "sayso:paraphrase")]
        for predicate in ("sayso:claimant", "sayso:act", "sayso:saidIn"):
            parts.append(names(value(iri, predicate)))
        for said in (value(statement, part) for part in _SAID):
            parts.append(names(said) or said)
        parts.append(value(value(iri, "sayso:saidOn"), "sayso:edtf"))
        return " \n".join(filter(None, parts))

    def _periods(self) -> Iterator[tuple[object, ...]]:
        """Yield all periods, as they are written and with their first and last day."""
        for iri, edtf in self.columns.of("sayso:edtf").items():
            bounds = (self.columns.value(iri, name) for name in _BOUNDS)
            yield self._term(iri), iri, edtf, *bounds

    def _names(self) -> None:
        """Write what every numbered thing is called, and by what names referents are found."""
        referents = set(self.columns.of_class("sayso:Referent"))
        for iri in sorted(referents):
            self._term(iri)
        rows = (
            (number, iri, self.columns.label(iri), "referent" if iri in referents else None)
            for iri, number in self.terms.items()
        )
        self._write("term", 4, rows)
        texts = ((self._term(iri), self.columns.names(iri)) for iri in sorted(referents))
        self._write_texts("name", texts)
