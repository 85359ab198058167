"""Keep what was found by a hash of all that it was found from, in the user's own cache folder.

A key covers the content of the files, the rules, and the code and engines that judge: what is
found under it holds as it stands, and what has changed is found under no key. So nothing here
is ever out of date, and all of it may be thrown away.
"""

import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from platformdirs import user_cache_path

_KEPT = 30 * 24 * 3600.0
_TABLE = "CREATE TABLE IF NOT EXISTS found (key BLOB PRIMARY KEY, content BLOB, used REAL)"
_PART = 500


class Cache:
    """What was found before, in one file; without a path nothing is kept.

    A cache that cannot be read or written is none, and no reason to fail.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path

    @classmethod
    def of_user(cls) -> "Cache":
        """Return the cache of whoever calls, in the folder that the system has for that."""
        return cls(user_cache_path("sayso", appauthor=False) / "check.sqlite")

    def of_folder(self, folder: Path) -> Path | None:
        """Return where the index of a folder is kept, and forget those a month old."""
        if self._path is None:
            return None
        room = self._path.parent / "folders"
        own = room / f"{sha256(str(folder).encode()).hexdigest()[:32]}.sqlite"
        with suppress(OSError):
            for path in room.iterdir():
                if path.name[:32] != own.name[:32] and time.time() - path.stat().st_mtime > _KEPT:
                    path.unlink()
        return own

    @property
    def keeps(self) -> bool:
        """Whether anything is kept."""
        return self._path is not None

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return what is kept under some keys."""
        wanted = list(keys)
        found: dict[bytes, bytes] = {}
        with suppress(sqlite3.Error, OSError), self._opened() as database:
            for part in _parts(wanted):
                marks = ",".join("?" * len(part))
                query = f"SELECT key, content FROM found WHERE key IN ({marks})"  # noqa: S608 - marks
                found.update(database.execute(query, part))
        return found

    def put(self, found: Mapping[bytes, bytes]) -> None:
        """Keep what was found, and forget what was found a month ago."""
        now = time.time()
        rows = [(key, content, now) for key, content in found.items()]
        with suppress(sqlite3.Error, OSError), self._opened() as database:
            database.executemany("INSERT OR REPLACE INTO found VALUES (?, ?, ?)", rows)
            database.execute("DELETE FROM found WHERE used < ?", (now - _KEPT,))
            database.commit()

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        if self._path is None:
            raise FileNotFoundError
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with closing(sqlite3.connect(self._path, timeout=2)) as database:
            try:
                database.execute(_TABLE)
            except sqlite3.DatabaseError:
                # A file that is no database, or a broken one: the next time it is made anew.
                self._path.unlink(missing_ok=True)
                raise
            yield database


def _parts(keys: list[bytes]) -> Iterator[list[bytes]]:
    for start in range(0, len(keys), _PART):
        yield keys[start : start + _PART]


def judges() -> str:
    """Return a hash of what judges: this code, and the engines that it uses."""
    told = sha256()
    for name in _installed():
        told.update(f"\n{name}".encode())
    # The version alone would not do for whoever changes the code.
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        told.update(f"\n{path.name} ".encode() + path.read_bytes())
    return told.hexdigest()


def _installed() -> list[str]:
    """List the packages at hand, by the folders that tell of them: they have the version too."""
    found: set[str] = set()
    for room in map(Path, sys.path):
        if room.is_dir():
            found |= {path.name for path in room.glob("*.dist-info")}
    return sorted(found)
