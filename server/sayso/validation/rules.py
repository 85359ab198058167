"""Check what shapes cannot say: dates by a parser, words by the ontology, files by their names."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from rdflib import RDF, Graph, URIRef
from rdflib.term import BNode, Literal, Node

from sayso.store.files import Source
from sayso.terms import BASE, SAYSO
from sayso.validation.coverage import SENTENCES as COVERAGE
from sayso.validation.coverage import uncovered
from sayso.validation.finding import Finding, Place
from sayso.validation.material import Material

SENTENCES = COVERAGE | {
    "period-edtf-valid": (
        "This is no date in EDTF; write it as 2001, 2001-09, 2001-09-11 or ../2001-09-11."
    ),
    "period-bounds-fit": (
        "The earliest or the latest day is not what the EDTF date allows; "
        "remove both and let `sayso tidy` work them out."
    ),
    "term-known": (
        "The ontology has no such term; check its spelling, or declare it under ontology."
    ),
    "node-has-type": (
        "It is said nowhere what this is; give it a type, "
        "such as sayso:Claim or sayso:Referent, or mend its IRI."
    ),
    "file-has-its-record": (
        "A file under graph/articles is exactly one record, of the file's own name; "
        "write <> a sayso:Record, once."
    ),
}
DATES = ("period-edtf-valid", "period-bounds-fit")
_OWN = (str(SAYSO._NS), BASE + "code/")


class Bounds(Protocol):
    """The first and the last day that a date allows, as xsd:date; None where it is open."""

    @property
    def earliest(self) -> str | None:
        """The first day."""

    @property
    def latest(self) -> str | None:
        """The last day."""


Days = Callable[[str], Bounds]
Broken = tuple[str, Node, str | None, Node | None]


def own_findings(data: Material, articles: Path, days: Days) -> Iterator[Finding]:
    """Yield what breaks a rule of sayso's own; ``days`` reads an EDTF date or raises ValueError."""
    graph = data.graph
    broken: list[Broken] = [(code, node, None, None) for code, node in uncovered(graph)]
    broken += [*_dates(graph, days), *_unknown_terms(graph), *_untyped(graph)]
    for code, node, predicate, value in broken:
        place = data.places.find(str(node), predicate, str(value))
        yield Finding.at(place, code, SENTENCES[code], focus=node, value=value, predicate=predicate)
    for source in data.quads:
        if source.path.parent == articles and not _is_record(source, data):
            code, place = "file-has-its-record", Place(source.path, 1, 1)
            yield Finding.at(place, code, SENTENCES[code], focus=source.graph)


def _dates(graph: Graph, days: Days) -> Iterator[Broken]:
    for period, written in graph.subject_objects(SAYSO.edtf):
        try:
            allowed = days(str(written))
        except ValueError:
            yield "period-edtf-valid", period, str(SAYSO.edtf), written
            continue
        bounds = ((SAYSO.earliest, allowed.earliest), (SAYSO.latest, allowed.latest))
        for predicate, day in bounds:
            given = sorted(str(o) for o in graph.objects(period, predicate))
            if given[:1] != ([day] if day else []):
                yield "period-bounds-fit", period, str(predicate), Literal(day or "")


def _unknown_terms(graph: Graph) -> Iterator[Broken]:
    known = {term for term in graph.subjects() if _is_own(term)}
    for s, p, o in graph:
        for term in (s, p, o):
            if _is_own(term) and term not in known:
                yield "term-known", s, str(p), term


def _is_own(term: Node) -> bool:
    name = str(term) if isinstance(term, URIRef) else ""
    return name.startswith(_OWN) and not name.endswith(("#", "/"))


def _untyped(graph: Graph) -> Iterator[Broken]:
    for node in set(graph.subjects()):
        if not isinstance(node, BNode) and (node, RDF.type, None) not in graph:
            yield "node-has-type", node, None, None


def _is_record(source: Source, data: Material) -> bool:
    records = {
        str(quad.subject)[1:-1]
        for quad in data.quads[source]
        if quad.predicate.value == str(RDF.type) and str(quad.object) == f"<{SAYSO.Record}>"
    }
    return records == {source.graph}
