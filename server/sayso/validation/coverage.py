"""Check that every sentence of a text gave rise to a claim or was left out, and not both.

A rule about pairs of places: as a SHACL query it takes seconds, as arithmetic none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

import pyoxigraph as ox

from sayso.vocabularies import VOCABULARIES

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
_SAYSO, _OA = VOCABULARIES["sayso"], VOCABULARIES["oa"]
_TYPE = VOCABULARIES["rdf"] + "type"
_INTEGER = ox.NamedNode(VOCABULARIES["xsd"] + "integer")
_TEXT = ox.NamedNode(_SAYSO + "TextVersion")
_SENTENCE, _EVIDENCE, _OMITTED = (_SAYSO + n for n in ("sentence", "evidence", "omitted"))
_SOURCE, _SELECTOR, _START, _END = (_OA + n for n in ("hasSource", "hasSelector", "start", "end"))
PREDICATES = frozenset({_SENTENCE, _EVIDENCE, _OMITTED, _SOURCE, _SELECTOR, _START, _END})
Range = tuple[int, int]
Said = dict[str, dict[object, list[object]]]


def uncovered(quads: Iterable[ox.Quad]) -> Iterator[tuple[str, ox.NamedNode | ox.BlankNode]]:
    """Yield a code and the sentence that breaks it."""
    said: Said = defaultdict(lambda: defaultdict(list))
    texts: dict[object, None] = {}
    for quad in quads:
        predicate = quad.predicate.value
        if predicate in PREDICATES:
            said[predicate][quad.subject].append(quad.object)
        elif predicate == _TYPE and quad.object == _TEXT:
            texts[quad.subject] = None
    spans = _spans(said)
    for text in texts:
        evidence = sorted(chain.from_iterable(_ranges(span, said) for span in spans[text]))
        for sentence in dict.fromkeys(said[_SENTENCE][text]):
            covered = any(_overlap(s, e) for s in _ranges(sentence, said) for e in evidence)
            omitted = bool(said[_OMITTED][sentence])
            if covered == omitted and isinstance(sentence, ox.NamedNode | ox.BlankNode):
                yield (CONTRADICTORY if covered else UNCOVERED), sentence


def _spans(said: Said) -> dict[object, list[object]]:
    """Find the spans of each text that some claim rests on."""
    evidence = set(chain.from_iterable(said[_EVIDENCE].values()))
    found = defaultdict(list)
    for span, texts in said[_SOURCE].items():
        for text in texts if span in evidence else ():
            found[text].append(span)
    return found


def _ranges(span: object, said: Said) -> Iterator[Range]:
    for selector in said[_SELECTOR][span]:
        start, end = said[_START][selector], said[_END][selector]
        if start and end:
            yield _number(start[0]), _number(end[0])


def _number(term: object) -> int:
    # What is no whole number is reported by another rule, and covers nothing.
    if not isinstance(term, ox.Literal) or term.datatype != _INTEGER:
        return -1
    try:
        return int(term.value)
    except ValueError:
        return -1


def _overlap(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]
