"""Say which sentences of a text gave rise to claims, and whether they are the whole text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

import pyoxigraph as ox

from sayso.terms import SAYSO
from sayso.text.document import Document
from sayso.text.findings import Coverage, SentenceFinding
from sayso.text.graph import EVIDENCE, SENTENCE, Term, name
from sayso.text.order import natural
from sayso.text.source import ArticleText, Place

_OMITTED = name(SAYSO.omitted)


def cover(document: Document, places: Mapping[str, Place]) -> tuple[SentenceFinding, ...]:
    """Say of each sentence, in the order of the text, which claims' evidence touches it.

    ``places`` holds the place of every span and sentence, as shown in the file.
    """
    graph = document.graph
    nodes = {term for _, p, term in graph if p == SENTENCE and isinstance(term, ox.NamedNode)}
    evidence = [
        (document.shown(claim), places[document.shown(span)])
        for claim, predicate, span in graph
        if predicate == EVIDENCE
    ]
    findings = []
    for node in nodes:
        place = places[document.shown(node)]
        claims = {claim for claim, span in evidence if _touch(span, place)}
        reason = next((_local(term) for term in graph.objects(node, _OMITTED)), None)
        coverage = _coverage(claimed=bool(claims), omitted=reason is not None)
        shown = tuple(sorted(claims, key=natural))
        findings.append(SentenceFinding(document.shown(node), place, coverage, shown, reason))
    return tuple(sorted(findings, key=lambda finding: (finding.place, natural(finding.sentence))))


def untouched(text: ArticleText, places: Iterable[Place]) -> Iterator[Place]:
    """Yield the places between sentences that hold more than white space."""
    end = 0
    for place in [*sorted(places), Place(len(text), len(text))]:
        between = text.content[end : place.start]
        words = re.search(r"\S(?:.*\S)?", between, re.DOTALL)
        if words:
            yield Place(end + words.start(), end + words.end())
        end = max(end, place.end)


def overlapping(places: Iterable[Place]) -> Iterator[Place]:
    """Yield the places that two neighbouring sentences share."""
    for before, after in pairwise(sorted(places)):
        if after.start < before.end:
            yield Place(after.start, min(before.end, after.end))


def _coverage(*, claimed: bool, omitted: bool) -> Coverage:
    if claimed:
        return Coverage.BOTH if omitted else Coverage.COVERED
    return Coverage.OMITTED if omitted else Coverage.UNCOVERED


def _touch(one: Place, other: Place) -> bool:
    return max(one.start, other.start) < min(one.end, other.end)


def _local(term: Term) -> str:
    return re.split(r"[/#]", term.value)[-1]
