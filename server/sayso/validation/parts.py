"""Check a part of a folder: some files with what their check looks at in others, and no more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

import pyoxigraph as ox

from sayso.store.files import Source, read_text
from sayso.validation.accelerator import Compiled, UnsuitableError
from sayso.validation.engine import findings
from sayso.validation.facts import Facts
from sayso.validation.finding import Finding
from sayso.validation.folder_files import LazyQuads, facts_of
from sayso.validation.material import Material, read_checked
from sayso.validation.naming import Home, only_abroad
from sayso.validation.outcome import Outcome
from sayso.validation.places import Places
from sayso.validation.prefixes import misspelt
from sayso.validation.results import Report, Result
from sayso.validation.rules import Days, own_findings
from sayso.validation.spill import Packed, Spilled
from sayso.validation.verdict import written

# Whether anybody claims what it finds, which may be told anywhere.
_OF_ALL = "predicate-never-used"
Known = Mapping[Source, Packed[Facts] | Spilled[Facts]]
_PIECES = Source(Path("pieces"), "urn:x-sayso:pieces")


@dataclass(frozen=True)
class Layout:
    """The files of a folder, in their order: the ontology's, those that are shared, the records."""

    words: tuple[Source, ...]
    shared: tuple[Source, ...]
    records: tuple[Source, ...]
    home: Home
    base: str
    articles: Path

    def quads(self, source: Source) -> list[ox.Quad]:
        """Read a file; what a shared one says of a record's own belongs to that record."""
        found = read_checked(source)
        return list(only_abroad(found, self.home)) if source in self.shared else found

    def facts(self, source: Source) -> Facts:
        """Gather the facts of a file."""
        return facts_of(self.quads, source)


@dataclass(frozen=True)
class Part:
    """Some files to be checked, by their numbers, with those around them and pieces of others."""

    files: Mapping[int, Source]
    around: tuple[Source, ...]
    pieces: str


@dataclass(frozen=True)
class _Looked(Material):
    """What the check of a part looks at; ``ordered`` are the files that places are sought in."""

    gathered: Mapping[Source, Facts] = field(default_factory=dict)
    ordered: tuple[Source, ...] = ()

    @cached_property
    def facts(self) -> dict[Source, Facts]:
        """What the rules beyond SHACL look at."""
        return dict(self.gathered)

    @cached_property
    def places(self) -> Places:
        """Where in which file things are said, as in the whole folder."""
        return Places.of(self.ordered)


class Checker:
    """Check parts of a folder by some shapes; ``facts`` are those that are known already."""

    def __init__(
        self,
        layout: Layout,
        shapes: Material,
        compiled: Compiled,
        days: Days,
        facts: Known,
    ) -> None:
        self._layout, self._shapes, self._compiled = layout, shapes, compiled
        self._days, self._facts = days, facts
        self._of_words: dict[Source, Facts] = {}

    @cached_property
    def _words(self) -> str:
        return "".join(map(_based, self._layout.words))

    def outcomes(self, part: Part) -> dict[int, bytes | None] | None:
        """Return what was found in each file, as it is kept; None where there is nothing.

        None for all where the engine refuses, or has found what only all of the graph can tell.
        """
        looked = self._looked(part)
        try:
            report = self._compiled.validate_turtle(self._text(part))
        except UnsuitableError:
            return None
        owners = _Owners(part, looked, self._layout)
        # What is found around a part is found with less than its check has to look at.
        report = report.only(each for each in report.results if owners.have_result(each))
        by_shapes = list(findings(report, looked, self._shapes))
        own = [
            *own_findings(looked, self._layout.articles, self._days, owners.have),
            *misspelt(looked, [self._layout.base]),
        ]
        if any(each.code == _OF_ALL for each in by_shapes):
            return None
        return {id_: owners.outcome(id_, by_shapes, own, report) for id_ in part.files}

    def _looked(self, part: Part) -> _Looked:
        layout = self._layout
        read = partial(_read, layout, part.pieces)
        sources = (*layout.words, _PIECES, *part.around)
        facts = {source: self._facts_of(source) for source in sources if source is not _PIECES}
        facts[_PIECES] = Facts.of(read(_PIECES), _PIECES.graph)
        records = (each for each in part.around if each not in layout.shared)
        ordered = (*layout.words, *layout.shared, *records)
        return _Looked(LazyQuads(sources, read), {s: facts[s] for s in sources}, ordered)

    def _facts_of(self, source: Source) -> Facts:
        if source in self._of_words:
            return self._of_words[source]
        known = self._facts.get(source)
        found = known.unpacked() if known else self._layout.facts(source)
        # The ontology is a part of all parts; of the records each is in few.
        if source in self._layout.words:
            self._of_words[source] = found
        return found

    def _text(self, part: Part) -> str:
        layout = self._layout
        files = (
            _lines(layout.quads(source)) if source in layout.shared else _based(source)
            for source in part.around
        )
        return "".join((self._words, part.pieces, *files))


def _read(layout: Layout, pieces: str, source: Source) -> list[ox.Quad]:
    if source == _PIECES:
        return list(ox.parse(pieces, format=ox.RdfFormat.N_TRIPLES))
    return layout.quads(source)


def _based(source: Source) -> str:
    return f"@base <{source.graph}> .\n{read_text(source.path)}\n"


def _lines(quads: Iterable[ox.Quad]) -> str:
    triples = (quad.triple for quad in quads)
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()


class _Owners:
    """In which files of a part something is found: what else is found there, others tell."""

    def __init__(self, part: Part, looked: Material, layout: Layout) -> None:
        self._part, self._looked, self._layout = part, looked, layout
        self._described: dict[int, frozenset[str]] = {}

    def outcome(
        self, id_: int, by_shapes: list[Finding], own: list[Finding], report: Report
    ) -> bytes | None:
        """Return what is found in one file, as it is kept, if anything is."""

        def kept(findings: list[Finding]) -> list[Finding]:
            return [each for each in findings if self._is_of(id_, each)]

        results = [each for each in report.results if self._is_result_of(id_, each)]
        outcome = Outcome(kept(by_shapes), kept(own), report.only(results), {})
        is_something = outcome.findings or outcome.beyond_shacl or results
        return written(outcome) if is_something else None

    def have(self, focus: str) -> bool:
        """Whether some file of the part describes a node."""
        record = self._layout.home.of(focus)
        if record is not None:
            return record in self._graphs
        return any(self._owns(id_, focus, None) for id_ in self._part.files)

    def have_result(self, result: Result) -> bool:
        """Whether something is found in some file of the part."""
        return any(self._is_result_of(id_, result) for id_ in self._part.files)

    @cached_property
    def _graphs(self) -> frozenset[str]:
        return frozenset(source.graph for source in self._part.files.values())

    def _is_of(self, id_: int, finding: Finding) -> bool:
        if finding.focus is None:
            return finding.path == self._part.files[id_].path
        return self._owns(id_, finding.focus, finding.value)

    def _is_result_of(self, id_: int, result: Result) -> bool:
        value = result.value.value if isinstance(result.value, ox.NamedNode) else None
        return self._owns(id_, result.focus.value, value)

    def _owns(self, id_: int, focus: str, value: str | None) -> bool:
        """Say whether a file describes the node; a rule of all of the graph is told of a value."""
        home, source = self._layout.home, self._part.files[id_]
        if focus in home.words and source in self._layout.shared:
            return source == self._layout.shared[0] and home.of(value or "") is None
        node = (value or "") if focus in home.words else focus
        record = home.of(node)
        return node in self._of(id_) if record is None else record == source.graph

    def _of(self, id_: int) -> frozenset[str]:
        if id_ not in self._described:
            quads = self._looked.quads[self._part.files[id_]]
            subjects = (quad.subject for quad in quads)
            named = frozenset(each.value for each in subjects if isinstance(each, ox.NamedNode))
            self._described[id_] = named
        return self._described[id_]
