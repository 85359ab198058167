"""Check what shapes cannot say: dates by a parser, words by the ontology, files by their names."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from sayso.validation.coverage import SENTENCES as COVERAGE
from sayso.validation.coverage import uncovered
from sayso.validation.facts import Facts, number
from sayso.validation.finding import Finding, Place
from sayso.validation.material import Material
from sayso.vocabularies import VOCABULARIES

_SAYSO = VOCABULARIES["sayso"]
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


class Bounds(Protocol):
    """The first and the last day that a date allows, as xsd:date; None where it is open."""

    @property
    def earliest(self) -> str | None:
        """The first day."""

    @property
    def latest(self) -> str | None:
        """The last day."""


Days = Callable[[str], Bounds]
Broken = tuple[str, str, str | None, str | None]


def own_findings(
    data: Material, articles: Path, days: Days, about: Callable[[str], bool] = bool
) -> Iterator[Finding]:
    """Yield what breaks a rule of sayso's own; ``days`` reads an EDTF date or raises ValueError.

    What is found in nodes that this is not ``about`` is left out.
    """
    facts = list(data.facts.values())
    broken: Iterable[Broken] = ((code, node, None, None) for code, node in _sentences(facts, data))
    # One by one, so that a file that is read for a term still is when its place is sought.
    for code, node, predicate, value in chain(
        broken, _dates(facts, days), _unknown_terms(facts, data), _untyped(facts)
    ):
        if not about(node):
            continue
        place = data.places.find(node, predicate, str(value))
        yield Finding.at(place, code, SENTENCES[code], focus=node, value=value, predicate=predicate)
    for source, said in data.facts.items():
        if source.path.parent == articles and set(said.records) != {source.graph}:
            code, place = "file-has-its-record", Place(source.path, 1, 1)
            yield Finding.at(place, code, SENTENCES[code], focus=source.graph)


def _sentences(facts: list[Facts], data: Material) -> Iterator[tuple[str, str]]:
    shared_names = len({source.graph for source in data.facts}) < len(facts)
    if shared_names or any(each.scattered for each in facts):
        yield from ((code, node.value) for code, node in uncovered(data.triples))
    else:
        yield from chain.from_iterable(each.sentences for each in facts)


def _dates(facts: list[Facts], days: Days) -> Iterator[Broken]:
    """Compare each period's days with those that its date allows, whichever file gives them."""
    written: dict[str, set[str]] = defaultdict(set)
    given: dict[tuple[str, str], set[str]] = defaultdict(set)
    for period, dates, first, last in chain.from_iterable(each.dates for each in facts):
        written[period].update(dates)
        given[period, "earliest"].update(first)
        given[period, "latest"].update(last)
    for period, date in ((period, date) for period, dates in written.items() for date in dates):
        try:
            allowed = days(date)
        except ValueError:
            yield "period-edtf-valid", period, _SAYSO + "edtf", date
            continue
        for name, day in (("earliest", allowed.earliest), ("latest", allowed.latest)):
            if sorted(given[period, name])[:1] != ([day] if day else []):
                yield "period-bounds-fit", period, _SAYSO + name, day or ""


def _unknown_terms(facts: list[Facts], data: Material) -> Iterator[Broken]:
    known = frozenset[str]().union(*(each.known for each in facts))
    for source, said in data.facts.items():
        unknown = said.used - known
        for quad in data.said_by(source) if unknown else ():
            for term in (quad.subject, quad.predicate, quad.object):
                if isinstance(term, ox.NamedNode) and term.value in unknown:
                    yield "term-known", _name(quad.subject), quad.predicate.value, term.value


def _name(subject: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
    return "" if isinstance(subject, ox.Triple) else subject.value


def _untyped(facts: list[Facts]) -> Iterator[Broken]:
    candidates = dict.fromkeys(chain.from_iterable(each.untyped for each in facts))
    if candidates:
        typed = frozenset[int]().union(*(each.typed for each in facts))
        for node in candidates:
            if number(node) not in typed:
                yield "node-has-type", node, None, None
