"""Check that every sentence of a text gave rise to a claim or was left out, and not both.

A rule about pairs of places: as a SHACL query it takes seconds, as arithmetic none.
"""

from collections.abc import Iterator

from rdflib import RDF, Graph
from rdflib.term import Literal, Node

from sayso.terms import OA, SAYSO

UNCOVERED = "sentence-covered"
CONTRADICTORY = "sentence-covered-or-omitted"
SENTENCES = {
    UNCOVERED: (
        "No claim has its evidence in this sentence; "
        "add what it claims, or say with sayso:omitted why it is left out."
    ),
    CONTRADICTORY: (
        "This sentence is called omitted, and yet a claim has its evidence there; "
        "remove sayso:omitted."
    ),
}
Range = tuple[int, int]


def uncovered(data: Graph) -> Iterator[tuple[str, Node]]:
    """Yield a code and the sentence that breaks it."""
    for text in data.subjects(RDF.type, SAYSO.TextVersion):
        evidence = sorted(_evidence(text, data))
        for sentence in data.objects(text, SAYSO.sentence):
            covered = any(_overlap(s, e) for s in _ranges(sentence, data) for e in evidence)
            omitted = (sentence, SAYSO.omitted, None) in data
            if covered == omitted:
                yield (CONTRADICTORY if covered else UNCOVERED), sentence


def _evidence(text: Node, data: Graph) -> Iterator[Range]:
    for span in data.subjects(OA.hasSource, text):
        if (None, SAYSO.evidence, span) in data:
            yield from _ranges(span, data)


def _ranges(span: Node, data: Graph) -> Iterator[Range]:
    for selector in data.objects(span, OA.hasSelector):
        start, end = data.value(selector, OA.start), data.value(selector, OA.end)
        if isinstance(start, Literal) and isinstance(end, Literal):
            yield _number(start), _number(end)


def _number(literal: Literal) -> int:
    # What is no whole number is reported by another rule, and covers nothing.
    return literal.value if isinstance(literal.value, int) else -1


def _overlap(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]
