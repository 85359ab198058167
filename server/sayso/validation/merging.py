"""Put together what was found in each file of a folder.

A node may be described in several files, and what is found of it then is found in each of them;
it is told of the first, as when all are checked at once.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from sayso.validation.finding import Finding, ordered
from sayso.validation.outcome import Outcome
from sayso.validation.results import Report, Result
from sayso.validation.unsaid import unsaid
from sayso.validation.verdict import read


def merged(outcomes: Iterable[bytes], claims: Mapping[Path, int]) -> Outcome:
    """Return one outcome of those that were kept, in the order of their files.

    In these, what shapes found stands apart from what other rules did, and nothing is left out.
    """
    by_shapes, own, reports = _Once(), _Once(), []
    told: set[Hashable] = set()
    for content in outcomes:
        outcome = read(content)
        by_shapes.take(outcome.findings)
        own.take(outcome.beyond_shacl)
        results = [each for each in outcome.report.results if _what(each) not in told]
        told |= set(map(_what, results))
        reports.append(outcome.report.only(results))
    beyond = list(unsaid(own.all, by_shapes.all))
    found = unsaid([*by_shapes.all, *beyond], by_shapes.all)
    return Outcome(ordered(found), ordered(beyond), Report.joined(reports), claims)


class _Once:
    """Findings, each as it was first told."""

    def __init__(self) -> None:
        self.all: list[Finding] = []
        self._told: set[Hashable] = set()

    def take(self, findings: Iterable[Finding]) -> None:
        new = [each for each in findings if _about(each) not in self._told]
        self._told |= set(map(_about, new))
        self.all += new


def _about(finding: Finding) -> Hashable:
    where = (finding.path, finding.line, finding.column) if finding.focus is None else None
    said = (finding.code, finding.focus, finding.value, finding.predicate, finding.message)
    return *said, where


def _what(result: Result) -> Hashable:
    # A path that is no single predicate has another name in each report, as has a shape without.
    path, shape = (
        None if isinstance(each, ox.BlankNode) else each for each in (result.path, result.shape)
    )
    return replace(result, path=path, shape=shape)
