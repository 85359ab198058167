"""Run the shapes over the graph, and read the report as findings."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pyoxigraph as ox

from sayso.validation import reference
from sayso.validation.finding import Finding, Place, Severity
from sayso.validation.folder_files import FolderFiles
from sayso.validation.material import Material
from sayso.validation.results import Report, Result, Term
from sayso.validation.sentences import Sentences
from sayso.validation.steps import Steps
from sayso.vocabularies import VOCABULARIES

if TYPE_CHECKING:
    from sayso.validation.accelerator import Compiled

_SH = VOCABULARIES["sh"]
_SEVERITIES = {_SH + "Warning": Severity.WARNING, _SH + "Info": Severity.INFO}
_LOCAL_NAME = re.compile(r"[^/#]+$")


class Engine(StrEnum):
    """What validates: the fastest engine that can, or the reference."""

    AUTO = "auto"
    PYSHACL = "pyshacl"


def validate(data: Material, shapes: Material, engine: Engine = Engine.AUTO) -> Report:
    """Return the W3C validation report (SHACL, section 3.6), without inference.

    What the fast engine refuses, such as shapes that are not well formed, the reference judges.
    Raise IllFormedShape, SeveralThings or BadShapes where the shapes themselves cannot be used.
    """
    if engine is Engine.AUTO and find_spec("shacl") is not None:
        from sayso.validation import accelerator  # noqa: PLC0415 - may not be installed

        try:
            return _accelerated(accelerator.Compiled.of(shapes.triples), data)
        except accelerator.UnsuitableError:
            pass
    from sayso.validation.wellformed import require_well_formed  # noqa: PLC0415 - loads pySHACL

    require_well_formed(shapes)
    return reference.validate(data.graph, shapes.graph)


def _accelerated(shapes: "Compiled", data: Material) -> Report:
    if isinstance(data, FolderFiles):
        with data.as_one() as path:
            report = shapes.validate_file(path)
        if not report.has_blank_nodes:
            return report
    return shapes.validate(data.triples)


def findings(report: Report, data: Material, shapes: Material) -> Iterator[Finding]:
    """Read each result of a validation report as a finding with its place."""
    above, sentences = _above(shapes.triples), Sentences(shapes.triples)
    steps = _steps({result.shape for result in report.results}, shapes.triples)
    for result in report.results:
        yield Finding.at(
            _place(result, steps.get(result.shape), data),
            code(result.shape, above),
            sentences.of(result),
            focus=result.focus.value,
            value=None if result.value is None else result.value.value,
            predicate=_predicate(result),
            severity=_SEVERITIES.get(result.severity, Severity.ERROR),
        )


def code(shape: Term | None, above: Mapping[object, Term]) -> str:
    """Name the rule: the last part of the shape's IRI, or of the nearest shape that has one."""
    seen = set()
    while isinstance(shape, ox.BlankNode) and shape not in seen:
        seen.add(shape)
        shape = above.get(shape)
    match = _LOCAL_NAME.search(shape.value) if isinstance(shape, ox.NamedNode) else None
    return match.group() if match else "unnamed-shape"


def _above(shapes: Sequence[ox.Quad]) -> dict[object, Term]:
    """Return of what each blank node is said."""
    return {
        quad.object: quad.subject
        for quad in reversed(shapes)
        if isinstance(quad.object, ox.BlankNode) and not isinstance(quad.subject, ox.Triple)
    }


def _steps(broken: Collection[Term | None], shapes: Sequence[ox.Quad]) -> dict[object, Steps]:
    """Return of each of some shapes, if its path is more than a predicate, what that goes along.

    Not every engine describes the path in its report.
    """
    paths = [q for q in shapes if q.predicate.value == _SH + "path" and q.subject in broken]
    triples = [quad.triple for quad in shapes if isinstance(quad.subject, ox.BlankNode)]
    return {
        quad.subject: Steps.of(quad.object.value, triples)
        for quad in paths
        if isinstance(quad.object, ox.BlankNode)
    }


def _place(result: Result, steps: Steps | None, data: Material) -> Place | None:
    """Find the thing at fault: a query selects it as the value, any other rule as the focus."""
    predicate = _predicate(result)
    value = None if result.value is None else result.value.value
    selected = result.component == _SH + "SPARQLConstraintComponent"
    if selected and value is not None and not isinstance(result.value, ox.Literal):
        place = data.places.find(value, predicate, value)
        if place is not None:
            return place
    closed = result.component == _SH + "ClosedConstraintComponent"
    return data.places.point(result.focus.value, predicate, value, steps=steps, closed=closed)


def _predicate(result: Result) -> str | None:
    return result.path.value if isinstance(result.path, ox.NamedNode) else None
