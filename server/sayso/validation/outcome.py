"""Say what came of a check, whoever did it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import SaysoError
from sayso.validation.finding import Finding, Severity
from sayso.validation.results import Report


@dataclass(frozen=True)
class Outcome:
    """What a check found: all findings, those that no shape made, and SHACL's own report.

    ``claims`` counts the claims of each file that was looked at; ``unread`` tells why which file
    was not.
    """

    findings: list[Finding]
    beyond_shacl: list[Finding]
    report: Report
    claims: Mapping[Path, int]
    unread: tuple[SaysoError, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether nothing worse than a warning was found, in files that could all be read."""
        worst = any(finding.severity is Severity.ERROR for finding in self.findings)
        return not worst and not self.unread
