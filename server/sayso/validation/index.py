"""Remember of a folder which files it holds, what each names, and what was found in it.

One file of SQLite for each folder, in the user's own cache.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from sayso.validation.entries import Entry, Kind, Taken
from sayso.validation.facts import number
from sayso.validation.naming import About
from sayso.validation.spoiling import Change
from sayso.validation.tables import OF_FILES, TABLES, Row, Tables, connected, passing


@contextmanager
def opened(path: Path | None) -> Iterator["Index"]:
    """Open the index in a file; without one, or where it cannot be used, one for a while.

    One for a while goes into a file of SQLite's own where it grows large, unless files cannot be
    relied on.
    """
    database = connected(path) or passing("" if path is None else ":memory:")
    try:
        yield Index(Tables(database))
    finally:
        with suppress(sqlite3.Error):
            database.close()


class Index:
    """What is remembered of one folder; files are known by their numbers."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._database = tables.database

    def rows(self, query: str, *values: object) -> list[Row]:
        """Ask for rows."""
        return self._tables.rows(query, *values)

    def keep(self) -> None:
        """Keep what was changed; where that cannot be, nothing is lost but time."""
        with suppress(sqlite3.Error):
            self._database.execute("COMMIT")

    def rest_on(self, basis: bytes) -> bool:
        """Forget all that rests on something else, such as other rules; say whether this is new."""
        if self.rows("SELECT 1 FROM basis WHERE hash = ?", basis):
            return False
        for table in TABLES:
            self._database.execute(f"DELETE FROM {table}")  # noqa: S608 - one of our own
        self._database.execute("INSERT INTO basis VALUES (?)", (basis,))
        return True

    def entries(self) -> dict[str, Entry]:
        """Return all files by their paths."""
        query = "SELECT path, id, kind, signature, looked, digest FROM file"
        return {
            path: Entry(number_, Kind(kind), *rest)
            for path, number_, kind, *rest in self._database.execute(query)
        }

    def numbers(self) -> dict[str, int]:
        """Return the numbers of all files by their paths."""
        return dict(self._database.execute("SELECT path, id FROM file"))

    def claims(self) -> dict[str, int]:
        """Return how many claims each file holds, by its path."""
        return dict(self._database.execute("SELECT path, claims FROM file"))

    def look_again(self, id_: int, signature: str, looked: int) -> None:
        """Note how a file looks now that has not changed."""
        query = "UPDATE file SET signature = ?, looked = ? WHERE id = ?"
        self._database.execute(query, (signature, looked, id_))

    @property
    def is_odd(self) -> bool:
        """Whether it is not known what the check of some file looks at."""
        dangling = (
            "SELECT 1 FROM piece LEFT JOIN file ON file.graph = piece.about"
            " WHERE piece.kind = ? AND file.id IS NULL LIMIT 1"
        )
        odd = "SELECT 1 FROM file WHERE odd LIMIT 1"
        return bool(self.rows(odd) or self.rows(dangling, About.RECORD))

    @property
    def stale(self) -> list[int]:
        """The files that have to be checked."""
        return [row[0] for row in self.rows("SELECT id FROM file WHERE stale ORDER BY path")]

    def found(self, outcomes: Mapping[int, bytes | None]) -> None:
        """Note what was found in files that were stale."""
        query = "UPDATE file SET stale = 0, outcome = ? WHERE id = ?"
        self._database.executemany(query, [(said, id_) for id_, said in outcomes.items()])

    def outcomes(self) -> list[bytes]:
        """Return what was found, in the order of the files."""
        query = "SELECT outcome FROM file WHERE outcome IS NOT NULL ORDER BY kind, path"
        return [row[0] for row in self._database.execute(query)]

    def need(self, around: Mapping[int, Iterable[int]]) -> None:
        """Note which other files the check of each has looked at."""
        self._tables.fill("one", around)
        self._database.execute("DELETE FROM need WHERE file IN (SELECT id FROM one)")
        rows = ((other, id_) for id_, others in around.items() for other in others if other != id_)
        self._database.executemany("INSERT OR IGNORE INTO need VALUES (?, ?)", rows)

    def pieces(self, ids: Iterable[int]) -> str:
        """Return what shared files say of what some files name, and of what is at home there."""
        self._tables.fill("one", ids)
        named = "SELECT node FROM name WHERE file IN (SELECT id FROM one)"
        own = "SELECT graph FROM file WHERE id IN (SELECT id FROM one)"
        query = f"SELECT text FROM piece WHERE about IN ({named} UNION {own})"  # noqa: S608
        return "".join(row[0] for row in self._database.execute(query))

    def take(self, taken: Iterable[Taken], gone: Iterable[int]) -> None:
        """Take files as they are now; those become stale whose check looks at what has changed."""
        files = list(taken)
        known = self.numbers()
        changed = {known[path] for each in files if (path := str(each.path)) in known} | set(gone)
        hanging = {number(each.graph) for each in files if str(each.path) not in known}
        hanging |= {
            row[0] for id_ in gone for row in self.rows("SELECT graph FROM file WHERE id = ?", id_)
        }
        change = Change.begun(self._tables, files, changed, hanging) if known else None
        self._remove(changed, gone)
        ids = {self._insert(each, known.get(str(each.path))) for each in files}
        if change:
            query = "UPDATE file SET stale = 1 WHERE id = ? AND kind <> ?"
            stale = [(id_, Kind.WORDS) for id_ in change.spoilt(ids)]
            self._database.executemany(query, stale)

    def _remove(self, changed: Iterable[int], gone: Iterable[int]) -> None:
        ids = [(each,) for each in changed]
        for table in OF_FILES:
            query = f"DELETE FROM {table} WHERE file = ?"  # noqa: S608 - one of our own
            self._database.executemany(query, ids)
        self._database.executemany("DELETE FROM file WHERE id = ?", [(each,) for each in gone])

    def _insert(self, taken: Taken, known: int | None) -> int:
        naming = taken.naming()
        (id_,) = self._database.execute(
            "INSERT OR REPLACE INTO file (id, path, kind, graph, signature, looked, digest, claims,"
            " leans, odd, stale) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                known,
                str(taken.path),
                taken.kind,
                number(taken.graph),
                taken.signature,
                taken.looked,
                taken.digest,
                taken.claims,
                naming.leans,
                naming.odd,
                taken.kind is not Kind.WORDS,
            ),
        ).fetchone()
        names = [(node, id_, *said) for node, said in naming.names.items()]
        links = [
            (number(each.record), number(each.other), each.relays, id_) for each in naming.links
        ]
        pieces = [(about, kind, id_, text) for (about, kind), text in naming.pieces.items()]
        self._database.executemany("INSERT INTO name VALUES (?, ?, ?, ?)", names)
        self._database.executemany("INSERT INTO link VALUES (?, ?, ?, ?)", links)
        self._database.executemany("INSERT INTO piece VALUES (?, ?, ?, ?)", pieces)
        return int(id_)
