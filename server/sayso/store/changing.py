"""Change a store on disk: the next version is made beside the one that is served.

The engine's files are never changed once they are written, so a copy of them costs no more
than their names (hard links). A change opens such a copy, and the folder's note is replaced
when all is on the disk. Whoever is killed on the way leaves the old version or the new one,
and who reads a version goes on reading it.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from traceback import clear_frames
from typing import TypeVar

import pyoxigraph as ox

from sayso.errors import StoreFailed, UnwritableStore
from sayso.store.data import RdfStore
from sayso.store.disk import BUILT, NEW, Note, forget, note, publish
from sayso.store.write import lock, sync

_SHARED = ".sst"  # what RocksDB writes once and never changes
_ITS_OWN = ("LOCK", "LOG")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Changing:
    """A store's folder, in which this process changes graphs; others wait ``patience`` seconds."""

    place: Path
    patience: float = 20.0

    @classmethod
    def at(cls, place: Path) -> "Changing":
        """Find a store that may be changed; raise NoStore, BrokenStore or UnwritableStore."""
        if not note(place).writable:
            raise UnwritableStore(path=place)
        return cls(place)

    def change(self, act: Callable[[RdfStore], Result]) -> Result:
        """Let ``act`` change the data set; what it raises leaves all as it was.

        When this returns, who reads the folder's note reads of the new version. Raise
        FolderBusy or StoreFailed.
        """
        with self._alone() as before:
            name = os.urandom(8).hex()
            work, made = self.place / f"{NEW}{name}", self.place / f"{BUILT}{name}"
            try:
                _copy(self.place / before.folder, work)
                result = _acted(work, before, act)
                sync(work)
                work.rename(made)
                publish(self.place, replace(before, version=_version(), folder=made.name))
            except OSError as error:
                raise StoreFailed(path=self.place, reason=error.strerror or error) from error
            finally:
                shutil.rmtree(work, ignore_errors=True)
            forget(self.place, made.name)
        return result

    @contextmanager
    def _alone(self) -> Iterator[Note]:
        """Be the only one who changes the store, and remove what a killed one left."""
        handle = os.open(self.place, os.O_RDONLY | os.O_DIRECTORY)
        try:
            lock(handle, self.patience)
            for left in self.place.glob(f"{NEW}*"):
                shutil.rmtree(left)
            yield note(self.place)
        finally:
            os.close(handle)


def _copy(old: Path, new: Path) -> None:
    new.mkdir()
    for file in old.iterdir():
        if file.suffix == _SHARED:
            os.link(file, new / file.name)
        elif not file.name.startswith(_ITS_OWN):
            shutil.copyfile(file, new / file.name)


def _acted(work: Path, before: Note, act: Callable[[RdfStore], Result]) -> Result:
    """Open, change and close; nothing may hold the engine's store when this returns."""
    store = ox.Store(str(work))
    try:
        result = act(RdfStore(store, before.version, before.prefixes, united=False))
    except Exception as error:
        del store
        clear_frames(error.__traceback__)  # what is told of a fault would hold it, too
        raise
    store.flush()
    return result


def _version() -> str:
    return os.urandom(32).hex()
