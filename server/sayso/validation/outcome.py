"""Say what came of a check, whoever did it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sayso.errors import SaysoError
from sayso.validation.baseline import Known, compare
from sayso.validation.finding import Finding, Severity
from sayso.validation.results import Report


@dataclass(frozen=True)
class Outcome:
    """What a check found: all findings, those that no shape made, and SHACL's own report.

    ``claims`` counts the claims of each file that was looked at. Where it was ``compared`` with a
    baseline, what is ``known`` to it is none of the findings, and what is ``healed`` is no more.
    ``unread`` tells why which file could not be looked at.
    """

    findings: list[Finding]
    beyond_shacl: list[Finding]
    report: Report
    claims: Mapping[Path, int]
    fail_on: Severity = Severity.ERROR
    compared: bool = False
    known: tuple[Finding, ...] = ()
    healed: tuple[Known, ...] = ()
    unread: tuple[SaysoError, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether nothing worse than a warning was found, in files that could all be read."""
        worst = any(finding.severity is Severity.ERROR for finding in self.findings)
        return not worst and not self.unread

    @property
    def fails(self) -> bool:
        """Whether something was found for which the check is to fail."""
        return any(map(self.is_grave, self.findings))

    def is_grave(self, finding: Finding) -> bool:
        """Tell whether the check is to fail for a finding."""
        ranks = list(Severity)
        return ranks.index(finding.severity) <= ranks.index(self.fail_on)

    def failing_on(self, least: Severity) -> "Outcome":
        """Fail for findings that are as bad as this, or worse."""
        return replace(self, fail_on=least)

    def against(self, known: Iterable[Known], root: Path) -> "Outcome":
        """Compare with a baseline, whose paths start at ``root``."""
        new, old, healed = compare(self.findings, known, root)
        return replace(self, findings=new, known=tuple(old), healed=tuple(healed), compared=True)
