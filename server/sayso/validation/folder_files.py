"""Take files as they lie on disk: each read when it has to be, and on all cores where many have."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pyoxigraph as ox

from sayso.errors import SaysoError
from sayso.store.files import Source, read_bytes
from sayso.validation.cache import Cache
from sayso.validation.cores import on_all_cores
from sayso.validation.facts import Facts
from sayso.validation.material import Material, distinct, read_checked
from sayso.validation.places import Places
from sayso.validation.spaces import declared

Made = TypeVar("Made")
Sent = tuple[Made | None, tuple[type[SaysoError], dict[str, object]] | None]
Seen = Callable[[int], object]
Read = Callable[[Source], list[ox.Quad]]
_MANY = 40  # fewer files are read before the processes that share them have begun


def unseen(files: int) -> None:
    """Watch nothing."""


class LazyQuads(Mapping[Source, list[ox.Quad]]):
    """The quads of each file, read when they are first asked for."""

    def __init__(self, sources: Iterable[Source], read: Read) -> None:
        self._found: dict[Source, list[ox.Quad] | None] = dict.fromkeys(sources)
        self._read, self._taken = read, set[str]()

    def __getitem__(self, source: Source) -> list[ox.Quad]:
        found = self._found[source]
        if found is None:
            found = self._found[source] = distinct(self._read(source), self._taken)
        return found

    def __iter__(self) -> Iterator[Source]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


@dataclass(frozen=True)
class FolderFiles(Material):
    """Files with the hash of each; what they say is read when it is asked for.

    ``judges`` names the code that gathers facts: these are kept in the cache for it. ``reader``
    reads one file, in another process, too.
    """

    digests: Mapping[Source, str] = field(default_factory=dict)
    cache: Cache = field(default_factory=lambda: Cache(None))
    judges: str = ""
    seen: Seen = unseen
    reader: Read = read_checked

    @classmethod
    def take(
        cls,
        sources: Iterable[Source],
        cache: Cache,
        judges: str,
        seen: Seen,
        reader: Read = read_checked,
    ) -> "FolderFiles":
        """Take files as they are now; raise NoFile, NotAFile or Unreadable."""
        digests = {each: sha256(read_bytes(each.path)).hexdigest() for each in sources}
        return cls(LazyQuads(digests, reader), digests, cache, judges, seen, reader)

    def said_by(self, source: Source) -> Sequence[ox.Quad]:
        """Return what one file says; it is not kept for long."""
        return self.places.quads_of(source)

    def without(self, sources: Iterable[Source]) -> "FolderFiles":
        """Leave out some files."""
        out = set(sources)
        digests = {source: each for source, each in self.digests.items() if source not in out}
        rest = replace(self, quads=LazyQuads(digests, self.reader), digests=digests)
        # What has been gathered need not be again.
        vars(rest)["_gathered"] = {source: self._gathered[source] for source in digests}
        return rest

    @cached_property
    def _gathered(self) -> Mapping[Source, Facts | SaysoError]:
        keys = {source: self._key(source) for source in self.digests}
        kept = self.cache.get(keys.values())
        found: dict[Source, Facts | SaysoError] = {
            source: Facts.from_json(kept[key]) for source, key in keys.items() if key in kept
        }
        self.seen(len(found))
        missing = [source for source in self.digests if source not in found]
        fresh = dict(zip(missing, _gather(missing, self.reader, self.seen), strict=True))
        sound = {s: each.to_json() for s, each in fresh.items() if isinstance(each, Facts)}
        if sound:
            self.cache.put({keys[source]: content for source, content in sound.items()})
        both = found | fresh
        return {source: both[source] for source in self.digests}

    def _key(self, source: Source) -> bytes:
        return sha256(f"{self.judges}\n{source.graph}\n{self.digests[source]}".encode()).digest()

    @cached_property
    def facts(self) -> dict[Source, Facts]:
        """What the rules beyond SHACL look at, file by file, of those that can be read."""
        return {s: each for s, each in self._gathered.items() if isinstance(each, Facts)}

    @property
    def faults(self) -> dict[Source, SaysoError]:
        """Why which file cannot be read."""
        return {s: each for s, each in self._gathered.items() if isinstance(each, SaysoError)}

    @cached_property
    def places(self) -> Places:
        """Where in which file things are said."""
        # Blank nodes have the names of the reading that was validated, if one was.
        return Places.of(self.quads if "triples" in vars(self) else list(self.digests))

    @contextmanager
    def as_one(self) -> Iterator[Path]:
        """Write all files into one of Turtle, for a while, without a triple being looked at."""
        with TemporaryDirectory(prefix="sayso-check-") as room:
            path = Path(room) / "all.ttl"
            with path.open("wb") as whole:
                for source in self.digests:
                    whole.write(f"@base <{source.graph}> .\n".encode())
                    whole.write(self._apart(source) + b"\n")
            yield path

    def _apart(self, source: Source) -> bytes:
        """Return a file as Turtle whose blank nodes no other file has."""
        content = read_bytes(source.path) if source.path.suffix.lower() == ".ttl" else b"_:"
        if b"_:" not in content:
            return content
        lines = ox.serialize((q.triple for q in self.reader(source)), format=ox.RdfFormat.N_TRIPLES)
        own = ox.parse(lines or b"", format=ox.RdfFormat.N_TRIPLES, rename_blank_nodes=True)
        return ox.serialize((q.triple for q in own), format=ox.RdfFormat.N_TRIPLES) or b""


def _gather(sources: list[Source], read: Read, seen: Seen) -> Iterator[Facts | SaysoError]:
    """Gather facts on all cores, in the order of the files; a fault is told as what it is."""
    found: dict[Source, Facts | SaysoError] = {}
    for source, sent in on_all_cores(partial(_sent, read), sources, few=_MANY):
        seen(1)
        found[source] = received(sent)
    yield from (found[source] for source in sources)


def _sent(read: Read, source: Source) -> "Sent[Facts]":
    return sendable(partial(facts_of, read), source)


def facts_of(read: Read, source: Source) -> Facts:
    """Gather the facts of a file; raise what reading it raises."""
    return Facts.of(read(source), source.graph, declared(source.path))


def sendable(make: Callable[[Source], Made], source: Source) -> "Sent[Made]":
    """Make something of a file; a fault is given as what goes between processes."""
    try:
        return make(source), None
    except SaysoError as error:
        return None, (type(error), error.facts)


def received(sent: "Sent[Made]") -> Made | SaysoError:
    """Return what another process made, or the fault that it found."""
    made, fault = sent
    if fault is not None:
        kind, about = fault
        return kind(**about)
    if made is None:
        raise TypeError("nothing was made")
    return made
