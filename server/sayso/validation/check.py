"""Check files against the shapes and against the rules that shapes cannot say."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from sayso.errors import NoShapes, NothingLookedAt, NoTurtle, SaysoError
from sayso.paths import HOME, DataFolder
from sayso.store.files import Source, graph_iri, record_iri
from sayso.validation.cache import Cache, judges
from sayso.validation.engine import Engine, findings, validate
from sayso.validation.finding import Finding, ordered
from sayso.validation.folder_files import FolderFiles, Seen, unseen
from sayso.validation.incremental import Incremental
from sayso.validation.locality import are_local, laid_out
from sayso.validation.material import Material
from sayso.validation.outcome import Outcome
from sayso.validation.prefixes import misspelt
from sayso.validation.rules import Days, own_findings
from sayso.validation.strays import stray_files
from sayso.validation.targets import idle, looks_at
from sayso.validation.unread import base_of, require, without_unsure
from sayso.validation.unsaid import unsaid
from sayso.validation.verdict import key, read, written
from sayso.vocabularies import BASE

__all__ = ["How", "Outcome", "check", "check_folder", "shapes_of"]


@dataclass(frozen=True)
class How:
    """How a folder is checked: by which engine, with which cache, and who watches.

    ``seen`` is told of how many more files it is known what they say.
    """

    engine: Engine = Engine.AUTO
    cache: Cache = field(default_factory=lambda: Cache(None))
    seen: Seen = unseen


def check_folder(
    folder: DataFolder, paths: Sequence[Path], days: Days, how: How | None = None
) -> Outcome:
    """Check the given files in the context of a data folder, or where none is given, all of it.

    A file of the graph that cannot be read is told among those ``unread``, and the others are
    checked, as far as they do not depend on it. Raise NoFolder, NoRecords, NoFile, NoBase,
    NoShapes, NoTurtle or BadShapes, and BadEncoding, HasByteOrderMark, BadSyntax, TripleTerm or
    several of them as SeveralThings where all depends on what cannot be read; and NothingLookedAt
    where a file from elsewhere has nothing that any shape is about.
    """
    how = how or How()
    asked = Asked.of(folder, paths, days, how)
    outcome = asked.by_parts() or asked.at_once()
    if paths:
        asked.require_looked_at(outcome)
        return _about({path.resolve() for path in _files(paths)}, outcome)
    return _with(stray_files(folder), outcome)


@dataclass(frozen=True)
class Asked:
    """What is to be checked; ``code`` is a hash of what judges, where anything is kept."""

    folder: DataFolder
    sources: list[Source]
    days: Days
    how: How
    code: str

    @classmethod
    def of(cls, folder: DataFolder, paths: Sequence[Path], days: Days, how: How) -> "Asked":
        """Take the files that are meant; raise as `check_folder` does where there are none."""
        code = judges() if how.cache.keeps else ""
        return cls(folder, _sources(folder, paths), days, how, code)

    @cached_property
    def _rules(self) -> FolderFiles:
        return FolderFiles.take(_shape_sources(self.folder), self.how.cache, self.code, unseen)

    def require_looked_at(self, outcome: Outcome) -> None:
        """Raise NothingLookedAt for a file from elsewhere in which no shape has a target.

        Of a file of the folder's own it is known what it is; what cannot be read was told, and so
        was what rules about all of the graph find.
        """
        own = {path.resolve() for path in self.folder.files()}
        told = own | {each.path.resolve() for each in outcome.findings if each.path}
        given = [source for source in self.sources if source.path.resolve() not in told]
        words = {*self.folder.ontology()} if given else set()
        others = Material.read(each for each in self.sources if each.path in words).facts.values()
        for source in given:
            try:
                (facts,) = Material.read([source]).facts.values()
            except SaysoError:
                continue
            if not looks_at(self._rules, facts, others):
                raise NothingLookedAt(path=source.path)

    def by_parts(self) -> Outcome | None:
        """Check each file with what it looks at alone, if that is known; else return None.

        What cannot be read is told where all files are looked at, and an index that finds no more
        room on the disk is none.
        """
        if self.how.engine is not Engine.AUTO or find_spec("shacl") is None:
            return None
        try:
            return self._by_parts()
        except (SaysoError, sqlite3.Error):
            return None

    def _by_parts(self) -> Outcome | None:
        how, layout = self.how, laid_out(self.folder, self.sources)
        if layout is None or not are_local(self._rules):
            return None
        index = how.cache.of_folder(layout.articles)
        return Incremental(layout, self._rules, self.days, self.code, how.seen).check(index)

    def at_once(self) -> Outcome:
        """Check all files together, if they were not checked just as they are."""
        how, articles = self.how, self.folder.articles.resolve()
        data = FolderFiles.take(self.sources, how.cache, self.code, how.seen)
        name = key(data, self._rules, f"{how.engine}\n{articles}")
        kept = how.cache.get([name]).get(name)
        if kept:
            return read(kept)
        outcome = _checked(data, self._rules, articles, self.days, how.engine)
        if not outcome.unread:
            how.cache.put({name: written(outcome)})
        return outcome


def _checked(
    data: FolderFiles, rules: FolderFiles, articles: Path, days: Days, engine: Engine
) -> Outcome:
    require(rules, data)
    faults = data.faults
    sound = data.without(faults) if faults else data
    outcome = check(sound, rules, articles, days, engine)
    return without_unsure(outcome, sound, rules, faults) if faults else outcome


def _with(found: Iterable[Finding], outcome: Outcome) -> Outcome:
    """Add what is found beside the files that are read, however these were judged."""
    more = list(found)
    beyond = ordered([*outcome.beyond_shacl, *more])
    return replace(outcome, findings=ordered([*outcome.findings, *more]), beyond_shacl=beyond)


def shapes_of(folder: DataFolder) -> Material:
    """Read the shapes that come with sayso, and the folder's own; raise NoShapes."""
    return Material.read(_shape_sources(folder))


def _shape_sources(folder: DataFolder) -> list[Source]:
    found = folder.shapes()
    if not found:
        raise NoShapes(path=HOME / "shapes")
    return [Source(path, BASE + "shape") for path in found]


def check(
    data: Material, shapes: Material, articles: Path, days: Days, engine: Engine = Engine.AUTO
) -> Outcome:
    """Check what was read; ``articles`` is the folder in which each file is a record."""
    report = validate(data, shapes, engine)
    by_shapes = list(findings(report, data, shapes))
    own = [*own_findings(data, articles, days), *misspelt(data)]
    beyond = [*unsaid(own, by_shapes), *idle(shapes, data)]
    found = ordered(unsaid([*by_shapes, *beyond], by_shapes))
    return Outcome(found, ordered(beyond), report, data.claims)


def _sources(folder: DataFolder, paths: Sequence[Path]) -> list[Source]:
    records = sorted(folder.articles.glob("*.ttl")) if paths else folder.records()
    base = base_of(folder)
    known = [*folder.ontology(), *folder.shared()]
    found = [Source(path, graph_iri(path, folder, base)) for path in known]
    found += [Source(path, record_iri(path, base)) for path in records]
    if not paths:
        return found
    inside = {source.path.resolve(): source for source in found}
    if all(path.resolve() in inside for path in _files(paths)):
        return found
    given = [
        inside.get(path.resolve()) or Source(path, f"{base}article/{path.stem}")
        for path in _files(paths)
    ]
    replaced = {source.graph for source in given}
    return [*(s for s in inside.values() if s.graph not in replaced), *given]


def _files(paths: Sequence[Path]) -> list[Path]:
    found = []
    for path in paths:
        files = sorted(path.glob("*.ttl")) if path.is_dir() else [path]
        if not files:
            raise NoTurtle(path=path)
        found += files
    return found


def _about(paths: set[Path], outcome: Outcome) -> Outcome:
    def kept(findings: list[Finding]) -> list[Finding]:
        return [each for each in findings if not each.path or each.path.resolve() in paths]

    claims = {path: count for path, count in outcome.claims.items() if path.resolve() in paths}
    findings, beyond = kept(outcome.findings), kept(outcome.beyond_shacl)
    return replace(outcome, findings=findings, beyond_shacl=beyond, claims=claims)
