"""Say what a finding is: one rule broken in one place."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """How bad a finding is; a violation alone makes a check fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Place:
    """A line and a column of a file, both from 1; None where only the file is known.

    ``end_line`` and ``end_column`` are those behind what is pointed at.
    """

    path: Path
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None


@dataclass(frozen=True)
class Finding:
    """One rule broken in one place.

    ``line`` and ``column`` count from 1, columns in code points, and are None, as is ``path``,
    where no file names the focus; ``end_line`` and ``end_column`` are those behind what is at
    fault. ``focus`` and ``value`` are IRIs, or the text of a literal; ``predicate`` is the
    IRI of the property at fault, if it is one.
    """

    code: str
    severity: Severity
    message: str
    path: Path | None = None
    line: int | None = None
    column: int | None = None
    focus: str | None = None
    value: str | None = None
    predicate: str | None = None
    end_line: int | None = None
    end_column: int | None = None

    @classmethod
    def at(
        cls,
        place: Place | None,
        code: str,
        message: str,
        *,
        focus: object,
        value: object = None,
        predicate: str | None = None,
        severity: Severity = Severity.ERROR,
    ) -> "Finding":
        """Make a finding at a place, about RDF terms."""
        return cls(
            code=code,
            severity=severity,
            message=message,
            path=place.path if place else None,
            line=place.line if place else None,
            column=place.column if place else None,
            focus=None if focus is None else str(focus),
            value=None if value is None else str(value),
            predicate=predicate,
            end_line=place.end_line if place else None,
            end_column=place.end_column if place else None,
        )

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """What findings are sorted by: their place, then their code."""
        place = (str(self.path or ""), self.line or 0, self.column or 0)
        return *place, self.code, self.value or ""


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings by place, and name each once though several records lead to it.

    Of these the first by its name is told, whichever was found first. Where no line is known, two
    focus nodes without a value are two faults.
    """
    every = sorted(findings, key=lambda each: each.focus or "", reverse=True)
    once = {(*each.order, each.message, _unplaced(each)): each for each in every}
    return [once[key] for key in sorted(once)]


def _unplaced(finding: Finding) -> str:
    return "" if finding.line or finding.value else finding.focus or ""
