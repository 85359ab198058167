"""Hold the places of triples to the W3C's Turtle and TriG tests.

    SAYSO_RDF_TESTS=/path/to/rdf-tests PYTHONPATH=tests python -m w3c.parsing

What is Turtle has a place for each of the engine's triples, and each fits what is written there;
what is none is refused with a place in the file. Exit status: 0 all pass, 1 some do not, 2 there
are no tests.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF, Graph, Namespace, URIRef

from sayso.store.spots import fitting
from w3c.manifests import MF, path_of

RDFT = Namespace("http://www.w3.org/ns/rdftest#")
SUITES = ("rdf-turtle", "rdf-trig")
BASE = "https://w3c.github.io/rdf-tests/rdf/rdf11/"
FORMS = {".ttl": ox.RdfFormat.TURTLE, ".trig": ox.RdfFormat.TRIG}


@dataclass(frozen=True)
class Case:
    """One test: a file, and whether it is what its ending says."""

    name: str
    file: Path
    right: bool


def cases(folder: Path) -> Iterator[Case]:
    """Yield the Turtle and TriG tests of a copy of w3c/rdf-tests."""
    for suite in SUITES:
        manifest = folder / "rdf/rdf11" / suite / "manifest.ttl"
        if manifest.exists():
            yield from _entries(manifest)


def _entries(manifest: Path) -> Iterator[Case]:
    graph = Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
    for entry, action in graph.subject_objects(MF.action):
        (kind,) = graph.objects(entry, RDF.type)
        wrong = isinstance(kind, URIRef) and "Negative" in kind
        yield Case(str(entry).partition("#")[2], path_of(str(action)), right=not wrong)


def fault(case: Case) -> str:
    """Return why a test fails, nothing where it passes."""
    text = case.file.read_bytes().decode()
    form = FORMS[case.file.suffix]
    try:
        quads = list(ox.parse(text, format=form, base_iri=BASE + case.file.name))
    except SyntaxError as error:
        lines = text.count("\n") + 1
        placed = error.lineno is not None and 1 <= error.lineno <= lines
        return "" if placed and not case.right else f"refused: {error.msg}"
    if not case.right:
        return "taken, though it is wrong"
    return "" if fitting(text, quads) is not None else "its triples do not fit what is written"


def main() -> int:
    """Print how many tests pass, and which do not."""
    folder = os.environ.get("SAYSO_RDF_TESTS")
    found = list(cases(Path(folder).resolve())) if folder else []
    if not found:
        print("SAYSO_RDF_TESTS must name a copy of https://github.com/w3c/rdf-tests")
        return 2
    passed: Counter[tuple[str, bool]] = Counter()
    for case in found:
        wrong = fault(case)
        passed[case.file.suffix, case.right] += not wrong
        if wrong:
            print(f"fails\t{case.file.name}\t{wrong}")
    for (suffix, right), number in Counter((c.file.suffix, c.right) for c in found).items():
        kind = "right" if right else "wrong"
        print(f"{passed[suffix, right]} of {number} ({suffix}, {kind})")
    return int(passed.total() < len(found))


if __name__ == "__main__":
    sys.exit(main())
