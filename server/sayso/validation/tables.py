"""Hold the tables of an index of a folder, in one file of SQLite."""

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

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
TABLES = ("basis", "file", "name", "link", "need", "piece")
OF_FILES = ("name", "link", "need", "piece")  # what was found in each file
Row = tuple[int, ...]


class Tables:
    """The tables, in a transaction that has begun; `database` is where they are."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database

    def rows(self, query: str, *values: object) -> list[Row]:
        """Ask for rows."""
        return self.database.execute(query, values).fetchall()

    def ids(self, query: str) -> set[int]:
        """Ask for numbers, one in a row."""
        return {row[0] for row in self.rows(query)}

    def fill(self, table: str, ids: Iterable[int]) -> None:
        """Put numbers into ``one`` or ``node``, the tables that queries join with."""
        self.database.execute(f"DELETE FROM {table}")  # noqa: S608 - a name from above
        insert = f"INSERT OR IGNORE INTO {table} VALUES (?)"  # noqa: S608
        self.database.executemany(insert, [(each,) for each in ids])


def connected(path: Path | None) -> sqlite3.Connection | None:
    """Open the file at a path, made anew where it is broken; None where it cannot be used."""
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


def passing(name: str) -> sqlite3.Connection:
    """Open what is gone when it is closed: ``:memory:``, or "" for a file that SQLite removes."""
    database = sqlite3.connect(name, isolation_level=None)
    database.executescript(_SCHEMA)
    database.execute("BEGIN")
    return database
