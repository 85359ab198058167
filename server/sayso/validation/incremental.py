"""Check of a folder only what has changed since it was checked before, and what looks at that."""

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from sayso.errors import SaysoError
from sayso.store.files import Source, read_bytes
from sayso.validation.accelerator import Compiled, UnsuitableError
from sayso.validation.contexts import Around, batches, contexts
from sayso.validation.cores import aside, on_all_cores
from sayso.validation.entries import Kind, Taken, signature
from sayso.validation.facts import Facts
from sayso.validation.folder_files import FolderFiles, Seen, Sent, received, sendable
from sayso.validation.index import Index, opened
from sayso.validation.material import Material, read_checked
from sayso.validation.merging import merged
from sayso.validation.naming import Naming, only_abroad
from sayso.validation.outcome import Outcome
from sayso.validation.parts import Checker, Known, Layout, Part
from sayso.validation.rules import Days
from sayso.validation.spaces import declared
from sayso.validation.spill import Packed, Spill, Spilled, spilling
from sayso.validation.targets import idle

_AT_ONCE = 64  # files that a part looks at: fewer take longer, more need more memory
_A_FEW = 8  # files that a process gathers before it tells of them
_NOT_MANY = 3  # times that, which are gathered before other processes have begun


@dataclass(frozen=True)
class _Gathered:
    """What was seen of a file: how many claims it has, and what is needed later."""

    claims: int
    facts: Packed[Facts] | Spilled[Facts]
    naming: Packed[Naming] | Spilled[Naming]

    @classmethod
    def of(cls, facts: Facts, naming: Naming) -> "_Gathered":
        return cls(facts.claims, Packed.of(facts), Packed.of(naming))

    def put_into(self, spill: Spill) -> "_Gathered":
        facts, naming = self.facts, self.naming
        return _Gathered(
            self.claims,
            spill.put(facts) if isinstance(facts, Packed) else facts,
            spill.put(naming) if isinstance(naming, Packed) else naming,
        )


@dataclass(frozen=True)
class _File:
    """A file as it is now."""

    source: Source
    kind: Kind
    signature: str
    looked: int
    digest: bytes

    def taken(self, gathered: _Gathered) -> Taken:
        return Taken(
            self.source.path,
            self.kind,
            self.source.graph,
            self.signature,
            self.looked,
            self.digest,
            gathered.claims,
            gathered.naming.unpacked,
        )


@dataclass(frozen=True)
class Incremental:
    """A folder that may have been checked before; ``judges`` is a hash of what judges."""

    layout: Layout
    shapes: FolderFiles
    days: Days
    judges: str
    seen: Seen

    def check(self, path: Path | None) -> Outcome | None:
        """Return what is found in all of the folder, which is remembered in an index at a path.

        None where its files cannot be checked apart: it is not known what the check of one looks
        at, or it cannot be read. Raise as `Material.read` does of the ontology.
        """
        with opened(path) as index, spilling() as spill:
            # What it loads is needed this once.
            if index.rest_on(self._basis()) and not aside(self._is_suitable):
                return None
            facts = self._update(index, spill)
            if facts is None:
                return None
            done = not index.is_odd and self._judge(index, facts)
            index.keep()
            return self._outcome(index) if done else None

    def _basis(self) -> bytes:
        layout = self.layout
        told = sha256(f"{self.judges}\n{layout.articles}\n{layout.base}".encode())
        for source, digest in self.shapes.digests.items():
            told.update(f"\n{source.path} {digest}".encode())
        for source in layout.words:
            digest = sha256(read_bytes(source.path)).hexdigest()
            told.update(f"\n{source.path} {source.graph} {digest}".encode())
        return told.digest()

    def _is_suitable(self) -> bool:
        """Say whether the engine takes the shapes, and each has a target in the ontology alone."""
        try:
            Compiled.of(self.shapes.triples)
            return not any(idle(self.shapes, Material.read(self.layout.words)))
        except (UnsuitableError, SaysoError):
            return False

    # ---------------------------------------------------------------- what has changed

    def _update(self, index: Index, spill: Spill) -> Known | None:
        """Bring the index up to date; return the facts of what has changed, None for a fault."""
        changed, gone = self._changes(index)
        gathered: dict[Source, _Gathered] = {}
        parts = [changed[n : n + _A_FEW] for n in range(0, len(changed), _A_FEW)]
        for part, made in on_all_cores(self._gather, parts, few=_NOT_MANY):
            for file, sent in zip(part, made, strict=True):
                found = received(sent)
                if isinstance(found, SaysoError):
                    return None
                gathered[file.source] = found.put_into(spill)
        if changed or gone:
            index.take((file.taken(gathered[file.source]) for file in changed), gone)
        return {source: each.facts for source, each in gathered.items()}

    def _changes(self, index: Index) -> tuple[list[_File], list[int]]:
        """Return what is new or has changed, and the numbers of what is gone."""
        known = index.entries()
        changed = []
        for source, kind in self._files():
            entry = known.pop(str(source.path), None)
            # The time before the look: what is written meanwhile counts as written afterwards.
            looked = time.time_ns()
            seen = signature(source.path)
            if entry and entry.kind is kind and entry.is_sure_to_be(seen):
                continue
            digest = sha256(read_bytes(source.path)).digest()
            if entry and entry.kind is kind and entry.digest == digest:
                index.look_again(entry.id, seen, looked)
            else:
                changed.append(_File(source, kind, seen, looked, digest))
        return changed, [entry.id for entry in known.values()]

    def _files(self) -> Iterator[tuple[Source, Kind]]:
        layout = self.layout
        groups = ((Kind.WORDS, layout.words), (Kind.SHARED, layout.shared))
        for kind, sources in (*groups, (Kind.RECORD, layout.records)):
            yield from ((source, kind) for source in sources)

    def _gather(self, files: Iterable[_File]) -> list[Sent[_Gathered]]:
        return [sendable(partial(self._gathered, file.kind), file.source) for file in files]

    def _gathered(self, kind: Kind, source: Source) -> _Gathered:
        quads, home = read_checked(source), self.layout.home
        naming = Naming()
        if kind is Kind.RECORD:
            naming = Naming.of_record(quads, source.graph, home)
        elif kind is Kind.SHARED:
            naming = Naming.of_shared(quads, home)
            quads = list(only_abroad(quads, home))
        return _Gathered.of(Facts.of(quads, source.graph, declared(source.path)), naming)

    # ---------------------------------------------------------------- what is found

    def _judge(self, index: Index, facts: Known) -> bool:
        """Check what is stale; say whether that could be done."""
        stale = index.stale
        if not stale:
            return True
        compiled = Compiled.of(self.shapes.triples, known=True)
        checker = Checker(self.layout, self.shapes, compiled, self.days, facts)
        by_id = self._by_id(index)
        all_shared = list(by_id)[: len(self.layout.shared)]
        records = [id_ for id_ in stale if id_ not in all_shared]
        # Where one shared file is stale, all are looked at: a node may be described in several.
        shared = all_shared if len(records) < len(stale) else []
        self.seen(len(list(self._files())) - len(shared) - len(records))
        around = contexts(index, [*records, *shared])
        index.need(around)
        parts = _parts(index, by_id, around, shared, all_shared)
        for part, outcomes in on_all_cores(checker.outcomes, parts):
            if outcomes is None:
                return False
            index.found(outcomes)
            self.seen(len(part.files))
        return True

    def _by_id(self, index: Index) -> dict[int, Source]:
        """Return all files but the ontology's by their numbers, the shared ones first."""
        numbers, layout = index.numbers(), self.layout
        return {numbers[str(each.path)]: each for each in (*layout.shared, *layout.records)}

    def _outcome(self, index: Index) -> Outcome:
        counted = index.claims()
        paths = (source.path for source, _ in self._files())
        return merged(index.outcomes(), {path: counted[str(path)] for path in paths})


def _parts(
    index: Index,
    by_id: Mapping[int, Source],
    around: Around,
    shared: Collection[int],
    all_shared: Collection[int],
) -> Iterator[Part]:
    """Yield parts of what is to be checked: first what is ``shared``, then record by record."""
    order = {id_: number for number, id_ in enumerate(by_id)}

    def part(ids: Iterable[int], looked_at: set[int]) -> Part:
        ordered = sorted(looked_at, key=order.__getitem__)
        pieces = index.pieces(looked_at.difference(all_shared))
        return Part({id_: by_id[id_] for id_ in ids}, tuple(by_id[id_] for id_ in ordered), pieces)

    if shared:
        yield part(shared, set().union(*(around.pop(id_) for id_ in shared)))
    for ids in batches(around, _AT_ONCE):
        yield part(ids, set().union(*(around.pop(id_) for id_ in ids)).difference(all_shared))
