"""Ask the index: claims by words and facets, things by name, and lists with counts."""

import re
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

from sayso.store import ClaimStore
from sayso.web.ahead import Ahead

FACETS = ("speaker", "act", "certainty", "entity", "work", "said", "happened")
PER_PAGE = 20
_SHOWN = 12  # values of a facet
_WORDS = 12  # of a long text typed in, those looked for
_THINGS = 12
# Words that stand in every sentence and tell nothing apart.
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be by did do does for from had has have how in is it its of on or that"
        " the their they this to was were what when where which who whom whose why with",
    )
)


@dataclass(frozen=True)
class Value:
    """A value of a facet, by which what was found can be narrowed."""

    key: str
    label: str
    count: int


@dataclass(frozen=True)
class Results:
    """What was found: the claims of one page, how many there are, and the facets of all."""

    claims: list[str]
    total: int
    whole: bool
    facets: Mapping[str, list[Value]]
    things: list[str]


@dataclass(frozen=True)
class Search:
    """What asks the index of one loaded graph."""

    claims: ClaimStore
    ahead: Ahead
    lock: Lock = field(default_factory=Lock, repr=False)  # what was found stands in one table

    @property
    def connection(self) -> sqlite3.Connection:
        """What reads the index."""
        return self.ahead.index.connection

    def find(self, typed: str, chosen: Mapping[str, str], page: int = 1) -> Results:
        """Find claims by words and by chosen values of facets; either may be empty.

        A claim that only passes on another one that has the words is left out. Where none has all
        the words, those with most of them come.
        """
        asked = tokens(typed)
        with self.lock, self.connection as database:
            for name in ("hit", "found"):
                database.execute(f"DROP TABLE IF EXISTS temp.{name}")
            database.execute("CREATE TEMP TABLE hit (id INTEGER PRIMARY KEY, rank REAL)")
            whole = self._match(asked) if asked else self._all(chosen)
            if asked:
                database.execute(_OUTER)
            self._narrow(chosen)
            database.execute(_FOUND)
            total = self._one("SELECT COUNT(*) FROM temp.found")
            rows = database.execute(_PAGE, (PER_PAGE, (page - 1) * PER_PAGE)).fetchall()
            facets = self._facets()
        return Results([iri for (iri,) in rows], total, whole, facets, self.things(asked))

    def page(self, query: str, number: int, size: int) -> tuple[int, list[tuple[str, int]]]:
        """Read one page of a list of the index, counted from 1, and the length of all of it."""
        total = self._one(f"SELECT COUNT(*) FROM ({query})")  # noqa: S608 - one of our own
        rows = self.connection.execute(query + " LIMIT ? OFFSET ?", (size, (number - 1) * size))
        return total, [(str(iri), int(count)) for iri, count in rows]

    def of_thing(self, role: str, iri: str, most: int) -> tuple[list[str], int]:
        """List claims that speak of a thing, are made by it or in it, by speaker; and count all.

        ``role`` is ``entity``, ``speaker`` or ``work``.
        """
        chosen = _CHOSEN[role]
        total = self._one(f"SELECT COUNT(*) FROM ({chosen})", (iri,))  # noqa: S608
        rows = self.connection.execute(_LISTED.replace("@", chosen), (iri, most))
        return [str(claim) for (claim,) in rows], total

    def dates(self, kind: str, most: int) -> list[tuple[str, str, int]]:
        """List the dates of claims in order, each with its year and the number of its claims."""
        if kind not in {"said", "happened"}:
            raise KeyError(kind)
        rows = self.connection.execute(_DATES.replace("@", kind), (most,))
        return [(str(iri), str(year or ""), int(count)) for iri, year, count in rows]

    def things(self, asked: Sequence[str]) -> list[str]:
        """Find people and things that have all the words in their names."""
        if not asked:
            return []
        query = """SELECT term.iri FROM name JOIN term ON term.id = name.rowid
                   WHERE name MATCH ? ORDER BY name.rank, term.label LIMIT ?"""
        found = self.connection.execute(query, (_query(asked, " "), _THINGS))
        return [iri for (iri,) in found]

    def _one(self, query: str, given: tuple[object, ...] = ()) -> int:
        return int(self.connection.execute(query, given).fetchone()[0])

    def _match(self, asked: Sequence[str]) -> bool:
        insert = "INSERT INTO temp.hit SELECT rowid, round(rank, 2) FROM words WHERE words MATCH ?"
        if self.connection.execute(insert, (_query(asked, " "),)).rowcount:
            return True
        union = " UNION ALL ".join(
            "SELECT rowid AS id FROM words WHERE words MATCH ?" for _ in asked
        )
        self.connection.execute(
            f"""WITH counted AS (SELECT id, COUNT(*) AS n FROM ({union}) GROUP BY id)
                INSERT INTO temp.hit SELECT id, 0 FROM counted
                WHERE n = (SELECT MAX(n) FROM counted)""",  # noqa: S608 - marks only
            [_query([word], " ") for word in asked],
        )
        return False

    def _all(self, chosen: Mapping[str, str]) -> bool:
        for name, key in list(chosen.items())[:1]:
            insert = f"INSERT INTO temp.hit SELECT *, 0 FROM ({_CHOSEN[name]})"  # noqa: S608
            self.connection.execute(insert, (key,))
        return True

    def _narrow(self, chosen: Mapping[str, str]) -> None:
        for name, key in chosen.items():
            narrowing = f"DELETE FROM temp.hit WHERE id NOT IN ({_CHOSEN[name]})"  # noqa: S608
            self.connection.execute(narrowing, (key,))

    def _facets(self) -> dict[str, list[Value]]:
        """Count the values of what was found; in one reading, which is faster than by SQL."""
        columns = [*zip(*self.connection.execute(_VALUES), strict=True)] or [()] * len(_COLUMNS)
        counted = {name: Counter(column) for name, column in zip(_COLUMNS, columns, strict=True)}
        counted["entity"] = counted.pop("first") + counted.pop("second") + counted.pop("third")
        return {name: self._values(name, counted[name]) for name in FACETS}

    def _values(self, name: str, counter: Counter[int | None]) -> list[Value]:
        del counter[None]
        most = sorted(counter.items(), key=lambda one: (-one[1], one[0] or 0))[:_SHOWN]
        if name in _YEARS:
            return [Value(str(year), str(year), count) for year, count in sorted(most)]
        named = [(*self.connection.execute(_TERM, (term,)).fetchone(), n) for term, n in most]
        return [Value(*one) for one in sorted(named, key=lambda one: (-one[2], one[1]))]


_YEARS = ("said", "happened")
_COLUMNS = ("speaker", "act", "certainty", "work", "said", "happened", "first", "second", "third")
_VALUES = """
SELECT speaker, act, certainty, work, said_year, happened_year, first, second, third
FROM temp.found
"""
_TERM = "SELECT iri, label FROM term WHERE id = ?"
# CROSS JOIN keeps the order of the tables: what was found is always less than what there is.
_OUTER = """
DELETE FROM temp.hit WHERE id IN (
  SELECT below.claim FROM temp.hit AS outer_hit CROSS JOIN below ON below.claim = outer_hit.id
  CROSS JOIN temp.hit AS inner_hit ON inner_hit.id = below.inner)
"""
_FOUND = """
CREATE TEMP TABLE found AS SELECT claim.*, rank FROM temp.hit CROSS JOIN claim USING (id)
"""
_PAGE = "SELECT iri FROM temp.found ORDER BY rank, id LIMIT ? OFFSET ?"
# In each, @ stands for a column.
_IS = "SELECT claim.id FROM term JOIN claim ON claim.@ = term.id WHERE term.iri = ?"
_IN_YEAR = "SELECT id FROM claim WHERE @_year = CAST(? AS INT)"
_CHOSEN = {
    **{name: _IS.replace("@", name) for name in ("speaker", "act", "certainty", "work")},
    "entity": "SELECT claim FROM term JOIN about ON about.term = term.id WHERE term.iri = ?",
    **{name: _IN_YEAR.replace("@", name) for name in _YEARS},
}
_LISTED = """
SELECT claim.iri FROM claim JOIN term ON term.id = claim.speaker WHERE claim.id IN (@)
ORDER BY term.label COLLATE NOCASE, term.iri, claim.id LIMIT ?
"""
_DATES = """
SELECT period.iri, substr(COALESCE(earliest, latest), 1, 4), n FROM
  (SELECT @ AS t, COUNT(*) AS n FROM claim WHERE t NOT NULL GROUP BY t)
JOIN period ON period.id = t ORDER BY COALESCE(earliest, latest), latest, edtf LIMIT ?
"""


def tokens(typed: str) -> list[str]:
    """Split what somebody typed into the words to look for."""
    found = list(dict.fromkeys(re.findall(r"\w+", typed.casefold())))
    return ([word for word in found if word not in _EMPTY] or found)[:_WORDS]


def _query(asked: Sequence[str], between: str) -> str:
    """Write words for FTS5, in which nothing of what was typed is an operator.

    Beginnings count, but for those of one letter, with which much of all words begins.
    """
    return between.join(f'"{word}"' + " *" * (len(word) > 1) for word in asked)
