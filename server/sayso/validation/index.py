"""Remember of a folder which files it holds, what each names, and what was found in it.

One file of SQLite for each folder, in the user's own cache. Like git's index it trusts a file
that has the size, the times and the inode that it had, unless it was written so shortly before
it was looked at that it may have changed since (git's "racily clean"); then its content counts.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from sayso.store.files import read_bytes
from sayso.validation.facts import number
from sayso.validation.naming import About, Naming

_SETTLED = 2 * 10**9  # nanoseconds, within which a file system may give two writes one time
_SCHEMA = """
CREATE TABLE IF NOT EXISTS basis (hash BLOB);
CREATE TABLE IF NOT EXISTS file (
    id INTEGER PRIMARY KEY, path TEXT UNIQUE, kind INTEGER, graph INTEGER,
    signature TEXT, looked INTEGER, digest BLOB, claims INTEGER,
    leans INTEGER, odd INTEGER, stale INTEGER DEFAULT 1, outcome BLOB);
CREATE INDEX IF NOT EXISTS file_graph ON file (graph);
CREATE TABLE IF NOT EXISTS name (
    node INTEGER, file INTEGER, said INTEGER, points INTEGER,
    PRIMARY KEY (node, file)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS name_file ON name (file);
CREATE TABLE IF NOT EXISTS link (record INTEGER, other INTEGER, relays INTEGER, file INTEGER);
CREATE INDEX IF NOT EXISTS link_record ON link (record);
CREATE INDEX IF NOT EXISTS link_other ON link (other);
CREATE INDEX IF NOT EXISTS link_file ON link (file);
CREATE TABLE IF NOT EXISTS need (
    other INTEGER, file INTEGER, PRIMARY KEY (other, file)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS need_file ON need (file);
CREATE TABLE IF NOT EXISTS piece (
    about INTEGER, kind INTEGER, file INTEGER, text TEXT,
    PRIMARY KEY (about, kind, file)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS piece_file ON piece (file);
CREATE TEMP TABLE node (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE one (id INTEGER PRIMARY KEY);
"""
_TABLES = ("basis", "file", "name", "link", "need", "piece")
_OF_FILES = ("name", "link", "need", "piece")
Row = tuple[int, ...]


class Kind(IntEnum):
    """What a file is in its folder."""

    WORDS = 0
    SHARED = 1
    RECORD = 2


@dataclass(frozen=True)
class Entry:
    """A file as it was when it was last looked at, in nanoseconds."""

    id: int
    kind: Kind
    signature: str
    looked: int
    digest: bytes

    def is_sure_to_be(self, signature: str) -> bool:
        """Whether a file that looks like this now has not changed."""
        touched = max(map(int, signature.split()[:2]))
        return signature == self.signature and touched < self.looked - _SETTLED


@dataclass(frozen=True)
class Taken:
    """A file as it is taken into the index; what it names is made anew when it is needed."""

    path: Path
    kind: Kind
    graph: str
    signature: str
    looked: int
    digest: bytes
    claims: int
    naming: Callable[[], Naming]


def signature(path: Path) -> str:
    """Return how a file looks from outside: its times, its size and its inode."""
    try:
        told = path.stat()
    except OSError:
        read_bytes(path)  # says what is wrong
        raise
    return f"{told.st_mtime_ns} {told.st_ctime_ns} {told.st_size} {told.st_ino}"


@contextmanager
def opened(path: Path | None) -> Iterator["Index"]:
    """Open the index in a file; without one, or where it cannot be used, one for a while.

    One for a while goes into a file of SQLite's own where it grows large, unless files cannot be
    relied on.
    """
    database = _connected(path) or _passing("" if path is None else ":memory:")
    try:
        yield Index(database)
    finally:
        with suppress(sqlite3.Error):
            database.close()


def _connected(path: Path | None) -> sqlite3.Connection | None:
    if path is None:
        return None
    for _ in range(2):
        database = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            database = sqlite3.connect(path, timeout=2, isolation_level=None)
            database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + _SCHEMA)
            database.execute("BEGIN IMMEDIATE")
        except (sqlite3.Error, OSError) as error:
            if database is not None:
                database.close()
            if not isinstance(error, sqlite3.DatabaseError) or isinstance(
                error, sqlite3.OperationalError
            ):
                return None  # There is no room for it, or another check is at work.
            with suppress(OSError):
                path.unlink(missing_ok=True)
        else:
            return database
    return None


def _passing(name: str) -> sqlite3.Connection:
    database = sqlite3.connect(name, isolation_level=None)
    database.executescript(_SCHEMA)
    database.execute("BEGIN")
    return database


class Index:
    """What is remembered of one folder; files are known by their numbers."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def rows(self, query: str, *values: object) -> list[Row]:
        """Ask for rows."""
        return self._database.execute(query, values).fetchall()

    def keep(self) -> None:
        """Keep what was changed; where that cannot be, nothing is lost but time."""
        with suppress(sqlite3.Error):
            self._database.execute("COMMIT")

    def rest_on(self, basis: bytes) -> bool:
        """Forget all that rests on something else, such as other rules; say whether this is new."""
        if self.rows("SELECT 1 FROM basis WHERE hash = ?", basis):
            return False
        for table in _TABLES:
            self._database.execute(f"DELETE FROM {table}")  # noqa: S608 - a name from above
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
        self._fill("one", around)
        self._database.execute("DELETE FROM need WHERE file IN (SELECT id FROM one)")
        rows = ((other, id_) for id_, others in around.items() for other in others if other != id_)
        self._database.executemany("INSERT OR IGNORE INTO need VALUES (?, ?)", rows)

    def pieces(self, ids: Iterable[int]) -> str:
        """Return what shared files say of what some files name, and of what is at home there."""
        self._fill("one", ids)
        named = "SELECT node FROM name WHERE file IN (SELECT id FROM one)"
        own = "SELECT graph FROM file WHERE id IN (SELECT id FROM one)"
        query = f"SELECT text FROM piece WHERE about IN ({named} UNION {own})"  # noqa: S608
        return "".join(row[0] for row in self._database.execute(query))

    def take(self, taken: Iterable[Taken], gone: Iterable[int]) -> None:
        """Take files as they are now; those become stale whose check looks at what has changed."""
        files = list(taken)
        paths = [str(each.path) for each in files]
        known = self.numbers()
        changed = {known[path] for path in paths if path in known} | set(gone)
        before = self._said(changed, files) if known else (set(), set(), set(), set())
        hanging = {number(each.graph) for each in files if str(each.path) not in known}
        hanging |= {
            row[0] for id_ in gone for row in self.rows("SELECT graph FROM file WHERE id = ?", id_)
        }
        depending = self._needing(changed)
        self._remove(changed, gone)
        ids = {self._insert(each, known.get(str(each.path))) for each in files}
        if known:
            self._spoil(before, self._said(ids, files), ids, depending, hanging)

    def _said(self, ids: Iterable[int], files: Iterable[Taken]) -> tuple[set[Row], ...]:
        """Return what is said of the nodes that files name, or will, how they link, and pieces."""
        self._fill("one", ids)
        self._fill("node", (node for each in files for node in each.naming().names))
        own = "SELECT node FROM name WHERE file IN (SELECT id FROM one)"
        self._database.execute(f"INSERT OR IGNORE INTO node {own}")
        here = "FROM name WHERE node IN (SELECT id FROM node)"
        return (
            set(self.rows(f"SELECT DISTINCT node, said {here} AND said <> 0")),
            set(self.rows(f"SELECT DISTINCT node, points {here} AND points <> 0")),
            set(self.rows("SELECT record, other FROM link WHERE file IN (SELECT id FROM one)")),
            set(
                self.rows("SELECT about, kind, text FROM piece WHERE file IN (SELECT id FROM one)")
            ),
        )

    def _spoil(
        self,
        before: tuple[set[Row], ...],
        after: tuple[set[Row], ...],
        changed: set[int],
        depending: set[int],
        hanging: set[int],
    ) -> None:
        """Call stale what looks at what has changed, directly or by way of another file."""
        said, points, links, pieces = (old ^ new for old, new in zip(before, after, strict=True))
        self._fill("node", (row[0] for row in said | points))
        full = changed | self._ids("SELECT file FROM name WHERE node IN (SELECT id FROM node)")
        graphs = {row[0] for row in links} | {r[0] for r in pieces if r[1] == About.RECORD}
        full |= self._of_graphs(graphs)
        self._fill("node", hanging)
        linked = "SELECT record FROM link WHERE other IN (SELECT id FROM node)"
        full |= self._of_graphs(self._ids(linked))
        pointed = {row[1] for row in links} | {r[0] for r in pieces if r[1] == About.INWARDS}
        half = self._of_graphs(pointed)
        stale = full | half | depending | self._needing(full)
        stale |= {id_ for id_ in self._needing(half) if self._leans(id_)}
        query = "UPDATE file SET stale = 1 WHERE id = ? AND kind <> ?"
        self._database.executemany(query, [(id_, Kind.WORDS) for id_ in stale])

    def _leans(self, id_: int) -> bool:
        return bool(self.rows("SELECT 1 FROM file WHERE id = ? AND leans", id_))

    def _needing(self, ids: Iterable[int]) -> set[int]:
        self._fill("one", ids)
        return self._ids("SELECT file FROM need WHERE other IN (SELECT id FROM one)")

    def _of_graphs(self, graphs: Iterable[int]) -> set[int]:
        self._fill("node", graphs)
        return self._ids("SELECT id FROM file WHERE graph IN (SELECT id FROM node)")

    def _ids(self, query: str) -> set[int]:
        return {row[0] for row in self.rows(query)}

    def _fill(self, table: str, ids: Iterable[int]) -> None:
        self._database.execute(f"DELETE FROM {table}")  # noqa: S608 - a name from above
        insert = f"INSERT OR IGNORE INTO {table} VALUES (?)"  # noqa: S608
        self._database.executemany(insert, [(each,) for each in ids])

    def _remove(self, changed: Iterable[int], gone: Iterable[int]) -> None:
        ids = [(each,) for each in changed]
        for table in _OF_FILES:
            query = f"DELETE FROM {table} WHERE file = ?"  # noqa: S608 - a name from above
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
