"""Keep a data set on disk, for graphs that do not fit into memory and processes that share one.

A store's folder holds a note (``sayso-store.json``) and the folder of the engine's files that
the note names. A new version is built beside the old one and the note replaced, so a server
sees one or the other, and goes on with the files that it has open. The engine's files are
opened for reading only, in each process anew: RocksDB's handles do not outlive a fork.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from sayso.errors import (
    BrokenStore,
    BusyStore,
    ForeignStore,
    NoStore,
    StoreFailed,
    WrittenStore,
)
from sayso.paths import DataFolder
from sayso.store.data import ClaimStore, NamedGraphs, RdfStore
from sayso.store.load import FolderReader, Seen, unseen
from sayso.store.rdf import RdfFile, fill_rdf
from sayso.store.stream import from_pieces, streamed
from sayso.store.union import unite_on_disk
from sayso.store.write import sync
from sayso.vocabularies import prefixes

NOTE = "sayso-store.json"
_FORM = 1  # of the note and of what is in the store; another is not read
NEW, BUILT = "new-", "graph-"
_TRIES = 3


@dataclass(frozen=True)
class Note:
    """What a store's folder says of itself; ``base`` is None where it is not about claims.

    A ``writable`` one keeps its default graph for itself, for who writes must know where he
    does; any other has the union of all graphs there.
    """

    version: str
    prefixes: dict[str, str]
    base: str | None = None
    folder: str = ""
    form: int = _FORM
    writable: bool = False


Fill = Callable[[ox.Store], Note]


def of_folder(folder: DataFolder, seen: Seen = unseen) -> Fill:
    """Return what fills a store with a data folder; it raises as ``load`` does."""

    def fill(store: ox.Store) -> Note:
        files = FolderReader(folder, seen)
        with streamed(from_pieces(files.lines())) as lines:
            store.bulk_load(lines, format=ox.RdfFormat.N_QUADS)
        return Note(files.version, prefixes(files.base), files.base)

    return fill


def of_rdf(files: Iterable[RdfFile], seen: Seen = unseen, *, writable: bool = False) -> Fill:
    """Return what fills a store with any RDF; it raises as ``load_rdf`` does."""
    return lambda store: Note(*fill_rdf(store, files, seen), writable=writable)


def note(place: Path) -> Note:
    """Read what a store is; raise NoStore or BrokenStore."""
    try:
        found = Note(**json.loads((place / NOTE).read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoStore(path=place) from error
    except (OSError, ValueError, TypeError) as error:
        raise BrokenStore(path=place, reason=error) from error
    if found.form != _FORM:
        raise BrokenStore(path=place, reason="another version of sayso made it")
    return found


def hold(place: Path) -> Note:
    """Read what a store is, and keep its files as long as this process and its children live."""
    return held(place)[0]


def held(place: Path) -> tuple[Note, int]:
    """Read what a store is, and keep its files until the descriptor is closed."""
    for _ in range(_TRIES):
        found = note(place)
        with suppress(OSError):
            lock = _lock(place / found.folder, fcntl.LOCK_SH)
            if note(place).folder == found.folder:
                return found, lock
            os.close(lock)
    raise BrokenStore(path=place, reason="its files are gone")


def opened(place: Path, found: Note) -> RdfStore:
    """Open a store for reading, in the process that will ask it; raise BrokenStore."""
    try:
        store = ox.Store.read_only(str(place / found.folder))
    except OSError as error:
        raise BrokenStore(path=place, reason=error) from error
    if found.base is None:
        return RdfStore(store, found.version, found.prefixes, united=not found.writable)
    return ClaimStore(store, found.version, found.prefixes, found.base)


def build(place: Path, fill: Fill, united: Seen = unseen) -> Note:
    """Fill a store and let a folder hold it; until it is whole the folder is as it was.

    ``fill`` puts named graphs into an empty store and says what they are; ``united`` is told of
    the quads that are merged into the union. Raise ForeignStore, WrittenStore, BusyStore or
    StoreFailed.
    """
    with _folder(place) as work:
        try:
            made = replace(_filled(work, fill, united), folder=BUILT + work.name.removeprefix(NEW))
            work.rename(place / made.folder)
            publish(place, made)
        except OSError as error:
            raise StoreFailed(path=place, reason=error.strerror or error) from error
        forget(place, made.folder)
    return made


def _filled(work: Path, fill: Fill, united: Seen) -> Note:
    store = ox.Store(str(work))
    made = fill(store)
    if not made.writable:
        unite_on_disk(store, _watched(NamedGraphs(store), united))
    store.optimize()
    store.flush()
    return made


def _watched(quads: NamedGraphs, seen: Seen) -> Iterator[ox.Quad]:
    for quad in quads:
        seen(1)
        yield quad


@contextmanager
def _folder(place: Path) -> Iterator[Path]:
    """Make the folder to build in, where no one else builds and nothing else lies."""
    if place.exists() and not (place / NOTE).is_file() and not _is_ours(place):
        raise ForeignStore(path=place)
    if (place / NOTE).is_file() and note(place).writable:
        raise WrittenStore(path=place)
    try:
        place.mkdir(parents=True, exist_ok=True)
        lock = _lock(place, fcntl.LOCK_EX)
    except BlockingIOError as error:
        raise BusyStore(path=place) from error
    except OSError as error:
        raise StoreFailed(path=place, reason=error.strerror or error) from error
    work = place / f"{NEW}{os.urandom(8).hex()}"
    try:
        for left in place.glob(f"{NEW}*"):
            shutil.rmtree(left)
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
        os.close(lock)


def _is_ours(place: Path) -> bool:
    """Say whether a folder without a note is empty, or has only what a killed builder left."""
    return place.is_dir() and all(
        path.name.startswith((NEW, BUILT, NOTE)) for path in place.iterdir()
    )


def publish(place: Path, made: Note) -> None:
    """Let a folder hold a version from now on, durably."""
    draft = place / f"{NOTE}.new"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(made), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place / NOTE)
    sync(place)


def forget(place: Path, current: str) -> None:
    """Remove the versions before, but for those that a server still reads."""
    for old in place.glob(f"{BUILT}*"):
        if old.name != current:
            with suppress(OSError):
                lock = _lock(old, fcntl.LOCK_EX)
                shutil.rmtree(old)
                os.close(lock)


def _lock(folder: Path, kind: int) -> int:
    """Lock a folder, without waiting, until the descriptor is closed; raise OSError."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
