"""Tell where shapes are not well formed, by the W3C's shapes of shapes (SHACL, appendix C)."""

import re
from importlib.util import find_spec
from pathlib import Path

import pyoxigraph as ox

from sayso.errors import BadShapes, IllFormedShape, SaysoError, SeveralThings
from sayso.store.files import Source
from sayso.validation import reference
from sayso.validation.material import Material
from sayso.validation.results import Result

_META = "http://www.w3.org/ns/shacl-shacl#"
_LOCAL_NAME = re.compile(r"[^/#]+$")


def require_well_formed(shapes: Material) -> None:
    """Raise IllFormedShape, or several of them as SeveralThings, where shapes are none."""
    meta = Material.read([Source(_meta_shapes(), _META)])
    report = reference.validate(shapes.graph, meta.graph)
    faults: list[SaysoError] = [_fault(result, shapes) for result in report.results]
    if faults:
        raise SeveralThings.of(faults)


def _meta_shapes() -> Path:
    """Find the shapes of shapes that come with pySHACL."""
    found = find_spec("pyshacl")
    if found is None or found.origin is None:
        raise BadShapes(reason="pySHACL, which judges them, is not installed")
    return Path(found.origin).parent / "assets" / "shacl-shacl.ttl"


def _fault(result: Result, shapes: Material) -> IllFormedShape:
    predicate = result.path.value if isinstance(result.path, ox.NamedNode) else None
    value = None if result.value is None else result.value.value
    place = shapes.places.point(result.focus.value, predicate, value)
    name = _LOCAL_NAME.search(predicate or result.focus.value)
    return IllFormedShape(
        path=place.path if place else "shapes",
        line=(place and place.line) or 1,
        column=(place and place.column) or 1,
        property=name.group() if name else "it",
        reason=" ".join(result.sentence.split()).rstrip("."),
    )
