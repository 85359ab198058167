"""Find the files whose check looks at what has changed, directly or by way of another file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from sayso.validation.entries import Taken
from sayso.validation.naming import About
from sayso.validation.tables import Row, Tables


@dataclass(frozen=True)
class _Said:
    """What is said of the nodes that some files name, or will, how these link, and their pieces."""

    said: set[Row]
    points: set[Row]
    links: set[Row]
    pieces: set[Row]

    @classmethod
    def of(cls, tables: Tables, ids: Iterable[int], files: Iterable[Taken]) -> Self:
        tables.fill("one", ids)
        tables.fill("node", (node for each in files for node in each.naming().names))
        own = "SELECT node FROM name WHERE file IN (SELECT id FROM one)"
        tables.database.execute(f"INSERT OR IGNORE INTO node {own}")
        here = "FROM name WHERE node IN (SELECT id FROM node)"
        theirs = "WHERE file IN (SELECT id FROM one)"
        return cls(
            set(tables.rows(f"SELECT DISTINCT node, said {here} AND said <> 0")),
            set(tables.rows(f"SELECT DISTINCT node, points {here} AND points <> 0")),
            set(tables.rows(f"SELECT record, other FROM link {theirs}")),  # noqa: S608
            set(tables.rows(f"SELECT about, kind, text FROM piece {theirs}")),  # noqa: S608
        )

    def unlike(self, other: Self) -> Self:
        """Return what only one of both says."""
        return type(self)(
            self.said ^ other.said,
            self.points ^ other.points,
            self.links ^ other.links,
            self.pieces ^ other.pieces,
        )


@dataclass(frozen=True)
class Change:
    """A change of files, begun while their index still says what it said before.

    ``hanging`` are the graphs that come or go, ``depending`` the files whose check looked at one
    that changes.
    """

    tables: Tables
    files: Sequence[Taken]
    before: _Said
    depending: set[int]
    hanging: set[int]

    @classmethod
    def begun(
        cls, tables: Tables, files: Sequence[Taken], changed: set[int], hanging: set[int]
    ) -> Self:
        """Begin to take files; those with the numbers ``changed`` are in the index already."""
        before = _Said.of(tables, changed, files)
        return cls(tables, files, before, _needing(tables, changed), hanging)

    def spoilt(self, taken: set[int]) -> set[int]:
        """Return whose check has to be done again, now that files have the numbers ``taken``."""
        tables = self.tables
        what = self.before.unlike(_Said.of(tables, taken, self.files))
        tables.fill("node", (row[0] for row in what.said | what.points))
        full = taken | tables.ids("SELECT file FROM name WHERE node IN (SELECT id FROM node)")
        graphs = {row[0] for row in what.links}
        graphs |= {about for about, kind, _ in what.pieces if kind == About.RECORD}
        full |= _of_graphs(tables, graphs)
        tables.fill("node", self.hanging)
        linked = "SELECT record FROM link WHERE other IN (SELECT id FROM node)"
        full |= _of_graphs(tables, tables.ids(linked))
        pointed = {row[1] for row in what.links}
        pointed |= {about for about, kind, _ in what.pieces if kind == About.INWARDS}
        half = _of_graphs(tables, pointed)
        leaning = {id_ for id_ in _needing(tables, half) if _leans(tables, id_)}
        return full | half | self.depending | _needing(tables, full) | leaning


def _needing(tables: Tables, ids: Iterable[int]) -> set[int]:
    tables.fill("one", ids)
    return tables.ids("SELECT file FROM need WHERE other IN (SELECT id FROM one)")


def _of_graphs(tables: Tables, graphs: Iterable[int]) -> set[int]:
    tables.fill("node", graphs)
    return tables.ids("SELECT id FROM file WHERE graph IN (SELECT id FROM node)")


def _leans(tables: Tables, id_: int) -> bool:
    return bool(tables.rows("SELECT 1 FROM file WHERE id = ? AND leans", id_))
