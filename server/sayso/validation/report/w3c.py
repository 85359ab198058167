"""Write the validation report that the W3C defines (SHACL, section 3.6)."""

import json
from pathlib import Path

import pyoxigraph as ox

from sayso.validation.outcome import Outcome
from sayso.validation.report.text import line


def as_turtle(outcome: Outcome, root: Path) -> str:
    """Write the W3C validation report; what no shape said stands above it in comments."""
    lines = [f"# {line(each, root)}\n" for each in outcome.beyond_shacl]
    return "".join(lines) + outcome.report.graph.serialize(format="turtle")


def as_jsonld(outcome: Outcome, root: Path) -> str:  # noqa: ARG001 - as every format has it
    """Write the W3C validation report as JSON-LD; what no shape said has no place in it."""
    triples = (ox.Quad(t.subject, t.predicate, t.object) for t in outcome.report.triples)
    written = ox.serialize(triples, format=ox.RdfFormat.JSON_LD) or b"[]"
    return json.dumps(json.loads(written), ensure_ascii=False, indent=2) + "\n"
