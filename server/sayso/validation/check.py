"""Check files against the shapes and against the rules that shapes cannot say."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph

from sayso.errors import NoShapes, NoTurtle
from sayso.paths import HOME, DataFolder
from sayso.store.files import Source, base_iri, graph_iri
from sayso.terms import BASE
from sayso.validation.engine import findings, validate
from sayso.validation.finding import Finding, Severity, ordered
from sayso.validation.material import Material
from sayso.validation.rules import Days, own_findings
from sayso.validation.targets import idle


@dataclass(frozen=True)
class Outcome:
    """What a check found: all findings, those that no shape made, and SHACL's own report."""

    findings: list[Finding]
    beyond_shacl: list[Finding]
    report: Graph

    @property
    def conforms(self) -> bool:
        """Whether nothing worse than a warning was found."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)


def check_folder(folder: DataFolder, paths: Sequence[Path], days: Days) -> Outcome:
    """Check the given files in the context of a data folder, or where none is given, all of it.

    Raise NoFolder, NoRecords, NoFile, NoBase, NoShapes, NoTurtle, BadEncoding, BadSyntax or
    BadShapes.
    """
    data = Material.read(_sources(folder, paths))
    outcome = check(data, shapes_of(folder), folder.articles.resolve(), days)
    return _about({path.resolve() for path in _files(paths)}, outcome) if paths else outcome


def shapes_of(folder: DataFolder) -> Material:
    """Read the shapes that come with sayso, and the folder's own; raise NoShapes."""
    found = folder.shapes()
    if not found:
        raise NoShapes(path=HOME / "shapes")
    return Material.read(Source(path, BASE + "shape") for path in found)


def check(data: Material, shapes: Material, articles: Path, days: Days) -> Outcome:
    """Check what was read; ``articles`` is the folder in which each file is a record."""
    report = validate(data.graph, shapes.graph)
    by_shapes = ordered(findings(report, data, shapes.graph))
    taken = {(each.path, each.line, each.column) for each in by_shapes}
    # A misspelt word breaks a shape as well, whose sentence says more.
    own = [
        each
        for each in own_findings(data, articles, days)
        if each.code != "term-known" or (each.path, each.line, each.column) not in taken
    ]
    beyond = ordered([*own, *idle(shapes, data.graph)])
    return Outcome(ordered([*by_shapes, *beyond]), beyond, report)


def _sources(folder: DataFolder, paths: Sequence[Path]) -> list[Source]:
    if not paths:
        folder.records()
    base = base_iri(folder)
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
        return [each for each in findings if each.path and each.path.resolve() in paths]

    return Outcome(kept(outcome.findings), kept(outcome.beyond_shacl), outcome.report)
