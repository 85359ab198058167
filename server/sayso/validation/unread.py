"""Check what can be read beside files that cannot, and tell nothing of it that these may mend.

A node that an unread file names may be described there. What is missing of such a node is then
no fault that anybody could see; what it has too much of is one, whatever that file says.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TypeGuard

import pyoxigraph as ox

from sayso.errors import BadEncoding, BadSyntax, HasByteOrderMark, SaysoError, SeveralThings
from sayso.paths import DataFolder
from sayso.store.files import Source, base_iri, base_iri_in_part
from sayso.validation.coverage import UNCOVERED
from sayso.validation.finding import Finding
from sayso.validation.folder_files import FolderFiles
from sayso.validation.material import Material, read_checked
from sayso.validation.outcome import Outcome
from sayso.validation.results import Report, Result
from sayso.validation.script import Script
from sayso.validation.steps import Steps
from sayso.validation.targets import IDLE
from sayso.vocabularies import VOCABULARIES

_SH = VOCABULARIES["sh"]
_RESULT, _PATH = _SH + "result", _SH + "path"
# Of these no further triple makes a result go away (SHACL, section 4).
_LASTING = {
    f"{_SH}{name}ConstraintComponent"
    for name in (
        *("MaxCount", "In", "LanguageIn", "UniqueLang", "Datatype", "NodeKind", "Closed"),
        *("Pattern", "MinLength", "MaxLength", "Disjoint", "LessThan", "LessThanOrEquals"),
        *("MinInclusive", "MaxInclusive", "MinExclusive", "MaxExclusive", "QualifiedMaxCount"),
    )
}

# The rules of sayso's own that ask for something, and not that something be as it should.
_MENDED = {"node-has-type", "period-bounds-fit", UNCOVERED, IDLE}


def base_of(folder: DataFolder) -> str:
    """Return the base IRI of a folder, also of a dataset.ttl that is broken further down.

    Raise NoBase, or what is wrong with each file that is broken where the base stands in none.
    """
    try:
        return base_iri(folder)
    except (BadSyntax, BadEncoding, HasByteOrderMark) as fault:
        base = base_iri_in_part(folder)
        if base is None:
            others = (path for path in folder.files() if path != folder.dataset)
            raise SeveralThings.of([fault, *_faults(others)]) from fault
        return base


def _faults(paths: Iterable[Path]) -> Iterator[SaysoError]:
    for path in paths:
        try:
            read_checked(Source(path, path.as_uri()))
        except SaysoError as fault:
            yield fault


def require(rules: FolderFiles, data: FolderFiles) -> None:
    """Raise all that is unread where a file of shapes or of the ontology is among it."""
    words = any(source.path.parent.name == "ontology" for source in data.faults)
    if rules.faults or words:
        raise SeveralThings.of([*rules.faults.values(), *data.faults.values()])


def without_unsure(
    outcome: Outcome, data: Material, shapes: Material, faults: Mapping[Source, SaysoError]
) -> Outcome:
    """Leave out of what was found beside unread files what these may mend, and tell of them."""
    unread = _Unread(faults, data, shapes)
    results, triples = _parted(outcome.report)
    unsure = {node: each for node, each in results.items() if unread.may_mend(each)}
    about = {_about(each) for each in unsure.values()}
    kept = [each for each in triples if each.subject not in unsure and each.object not in unsure]

    def sure(found: list[Finding]) -> list[Finding]:
        return [
            each
            for each in found
            if not (each.code in _MENDED and unread.names(each.focus, each.value))
            and (each.focus, each.value, each.predicate) not in about
        ]

    return replace(
        outcome,
        findings=sure(outcome.findings),
        beyond_shacl=sure(outcome.beyond_shacl),
        report=Report(tuple(kept)),
        unread=tuple(faults.values()),
    )


def _parted(report: Report) -> tuple[dict[object, Result], tuple[ox.Triple, ...]]:
    nodes = [t.object for t in report.triples if t.predicate.value == _RESULT]
    return dict(zip(nodes, report.results, strict=True)), report.triples


def _about(result: Result) -> tuple[str | None, str | None, str | None]:
    path = result.path.value if isinstance(result.path, ox.NamedNode) else None
    return result.focus.value, result.value and result.value.value, path


class _Unread:
    """The files that could not be read, as far as it can be seen what they are about."""

    def __init__(
        self, faults: Mapping[Source, SaysoError], data: Material, shapes: Material
    ) -> None:
        self._scripts = [Script(source) for source in faults]
        self._data, self._shapes = data, shapes
        self._named = cache(self._is_named)

    def may_mend(self, result: Result) -> bool:
        """Whether the files may hold what makes a result go away."""
        if result.component in _LASTING:
            return False
        if result.value is None:
            nodes = [result.focus.value, *self._on_way(result)]
        else:
            nodes = [result.focus.value, result.value.value]
        return self.names(*nodes)

    def names(self, *nodes: str | None) -> bool:
        """Whether a file names one of some nodes."""
        return any(self._named(node) for node in nodes if node)

    def _is_named(self, node: str) -> bool:
        return any(script.graph == node or script.speaks_of(node) for script in self._scripts)

    def _on_way(self, result: Result) -> Iterator[str]:
        """Yield what the path of a result comes upon: too few of these are what was asked for."""
        if isinstance(result.path, ox.NamedNode):
            steps = [Steps(frozenset({result.path.value}), frozenset())]
        else:
            triples = [quad.triple for quad in self._shapes.triples]
            own = (t for t in triples if t.subject == result.shape and t.predicate.value == _PATH)
            steps = [Steps.of(t.object.value, triples) for t in own if _is_node(t.object)]
        for each in steps:
            yield from self._data.places.upon(result.focus.value, each)


def _is_node(term: object) -> TypeGuard[ox.NamedNode | ox.BlankNode]:
    return isinstance(term, ox.NamedNode | ox.BlankNode)
