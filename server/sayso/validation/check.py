"""Check files against the shapes and against the rules that shapes cannot say."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sayso.errors import NoShapes, NoTurtle
from sayso.paths import HOME, DataFolder
from sayso.store.files import Source, graph_iri
from sayso.validation.cache import Cache, judges
from sayso.validation.engine import Engine, findings, validate
from sayso.validation.finding import Finding, ordered
from sayso.validation.folder_files import FolderFiles, Seen, unseen
from sayso.validation.material import Material
from sayso.validation.outcome import Outcome
from sayso.validation.prefixes import misspelt
from sayso.validation.rules import DATES, Days, own_findings
from sayso.validation.strays import stray_files
from sayso.validation.targets import idle
from sayso.validation.unread import base_of, require, without_unsure
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
    several of them as SeveralThings where all depends on what cannot be read.
    """
    how = how or How()
    code = judges() if how.cache.keeps else ""
    data = FolderFiles.take(_sources(folder, paths), how.cache, code, how.seen)
    rules = FolderFiles.take(_shape_sources(folder), how.cache, code, unseen)
    articles = folder.articles.resolve()
    name = key(data, rules, f"{how.engine}\n{articles}")
    kept = how.cache.get([name]).get(name)
    outcome = read(kept) if kept else _checked(data, rules, articles, days, how.engine)
    if not kept and not outcome.unread:
        how.cache.put({name: written(outcome)})
    if paths:
        return _about({path.resolve() for path in _files(paths)}, outcome)
    return _with(stray_files(folder), outcome)


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
    beyond = [*_unsaid(own, by_shapes), *idle(shapes, data)]
    found = ordered(_unsaid([*by_shapes, *beyond], by_shapes))
    return Outcome(found, ordered(beyond), report, data.claims)


def _unsaid(findings: list[Finding], by_shapes: list[Finding]) -> Iterator[Finding]:
    """Leave out what only says less of a fault that a shape has found already.

    A misspelt word or a property too many is named by the rule that it breaks, if there is
    one; a date's bounds are not worked out where the date itself is at fault.
    """
    broken = _about_what(by_shapes)
    named = _about_what(each for each in by_shapes if not each.code.endswith("-closed"))
    dates = {each.focus for each in by_shapes}
    for each in findings:
        said = each.focus, each.predicate
        same_word = each.code == "term-known" and said in broken
        same_triple = each.code.endswith("-closed") and said in named
        same_date = each.code in DATES and each.focus in dates
        if not (same_word or same_triple or same_date):
            yield each


def _about_what(findings: Iterable[Finding]) -> set[tuple[str | None, str | None]]:
    """Return subjects and predicates at fault; of a query's result, the value is the subject."""
    return {
        (subject, each.predicate)
        for each in findings
        for subject in (each.focus, each.value)
        if each.predicate
    }


def _sources(folder: DataFolder, paths: Sequence[Path]) -> list[Source]:
    if not paths:
        folder.records()
    base = base_of(folder)
    known = [*folder.ontology(), *folder.shared(), *sorted(folder.articles.glob("*.ttl"))]
    inside = {path.resolve(): Source(path, graph_iri(path, folder, base)) for path in known}
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
