"""Run the shapes over the graph, and read the report as findings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyshacl
from pyshacl.errors import ReportableRuntimeError, ShapeLoadError, ValidationFailure
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.term import IdentifiedNode, Node

from sayso.errors import BadShapes
from sayso.validation.finding import Finding, Place, Severity
from sayso.validation.material import Material
from sayso.validation.places import Steps

_SEVERITIES: dict[Node | None, Severity] = {
    SH.Violation: Severity.ERROR,
    SH.Warning: Severity.WARNING,
    SH.Info: Severity.INFO,
}
_LOCAL_NAME = re.compile(r"[^/#]+$")


def validate(data: Graph, shapes: Graph) -> Graph:
    """Return the W3C validation report (SHACL, section 3.6), without inference.

    Raise BadShapes where the shapes themselves cannot be used.
    """
    try:
        _, report, _ = pyshacl.validate(
            data, shacl_graph=shapes, inference="none", advanced=False, inplace=True
        )
    except (ReportableRuntimeError, ShapeLoadError, ValidationFailure) as error:
        raise BadShapes(reason=str(error).splitlines()[0].rstrip(".")) from error
    if not isinstance(report, Graph):
        raise BadShapes(reason=str(report).splitlines()[0].rstrip("."))
    return report


def findings(report: Graph, data: Material, shapes: Graph) -> Iterator[Finding]:
    """Read each result of a validation report as a finding with its place."""
    for node in report.subjects(RDF.type, SH.ValidationResult):
        result = _Result(report, node)
        yield Finding.at(
            _place(result, data),
            code(result.one(SH.sourceShape), shapes),
            result.message(),
            focus=result.one(SH.focusNode),
            predicate=result.predicate(),
            value=result.one(SH.value),
            severity=_SEVERITIES.get(result.one(SH.resultSeverity), Severity.ERROR),
        )


@dataclass(frozen=True)
class _Result:
    report: Graph
    node: Node

    def one(self, predicate: URIRef) -> Node | None:
        return self.report.value(self.node, predicate)

    def message(self) -> str:
        texts = list(self.report.objects(self.node, SH.resultMessage))
        english = [o for o in texts if isinstance(o, Literal) and o.language == "en"]
        return min(map(str, english or texts), default="This breaks a rule that has no sentence.")

    def predicate(self) -> str | None:
        path = self.one(SH.resultPath)
        return str(path) if isinstance(path, URIRef) else None


def code(shape: Node | None, shapes: Graph) -> str:
    """Name the rule: the last part of the shape's IRI, or of the nearest shape that has one."""
    seen = set()
    while shape is not None and not isinstance(shape, URIRef) and shape not in seen:
        seen.add(shape)
        shape = next(shapes.subjects(None, shape), None)
    match = _LOCAL_NAME.search(str(shape)) if isinstance(shape, URIRef) else None
    return match.group() if match else "unnamed-shape"


def _place(result: _Result, data: Material) -> Place | None:
    """Find the thing at fault: a query selects it as the value, any other rule as the focus."""
    component = result.one(SH.sourceConstraintComponent)
    focus, value, path = (result.one(p) for p in (SH.focusNode, SH.value, SH.resultPath))
    text = None if value is None else str(value)
    if component == SH.SPARQLConstraintComponent and isinstance(value, IdentifiedNode):
        place = data.places.find(str(value), result.predicate(), text)
        if place is not None:
            return place
    closed = component == SH.ClosedConstraintComponent
    steps = None
    if isinstance(path, BNode):
        steps = Steps.of(str(path), ((str(s), str(p), str(o)) for s, p, o in result.report))
    return data.places.point(str(focus), result.predicate(), text, steps=steps, closed=closed)
