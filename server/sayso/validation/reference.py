"""Validate with pySHACL, which every other engine is held to."""

from typing import TYPE_CHECKING

from sayso.errors import BadShapes
from sayso.validation.results import Report

if TYPE_CHECKING:
    from rdflib import Graph


def validate(data: "Graph", shapes: "Graph") -> Report:
    """Validate without inference; raise BadShapes where the shapes themselves cannot be used."""
    # Imported here, since it takes longer than a whole check by the other engine.
    import pyshacl  # noqa: PLC0415
    from pyparsing import ParseException  # noqa: PLC0415
    from pyshacl.errors import (  # noqa: PLC0415
        ReportableRuntimeError,
        ShapeLoadError,
        ValidationFailure,
    )
    from rdflib import Graph  # noqa: PLC0415

    try:
        _, report, _ = pyshacl.validate(
            data, shacl_graph=shapes, inference="none", advanced=False, inplace=True
        )
    except ParseException as error:
        raise BadShapes(reason=f"a query is not SPARQL: {error}") from error
    except (ReportableRuntimeError, ShapeLoadError, ValidationFailure) as error:
        raise BadShapes(reason=str(error).splitlines()[0].rstrip(".")) from error
    except Exception as error:  # what rdflib raises of a query has no class of its own
        raise BadShapes(reason=str(error).splitlines()[0].rstrip(".")) from error
    if not isinstance(report, Graph):
        raise BadShapes(reason=str(report).splitlines()[0].rstrip("."))
    return Report.of_graph(report)
