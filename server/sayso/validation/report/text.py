"""Write what a check found for people: rule by rule, each with its places."""

from collections.abc import Iterator
from pathlib import Path

from sayso.validation.finding import Finding, Severity
from sayso.validation.outcome import Outcome
from sayso.validation.report.wording import (
    Rule,
    about,
    by_rule,
    compared,
    counts,
    number,
    place,
    shown,
)

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_BOLD, _FAINT, _GREEN = "1", "2", "32"


def as_text(outcome: Outcome, root: Path, *, colour: bool = False, most: int | None = None) -> str:
    """List the findings by rule, the worst first, with counts at the end; paths start at ``root``.

    Of more than ``most`` places the rest is counted. ``colour`` is for a terminal.
    """
    text = _Text(root, colour, len(outcome.findings) if most is None else most)
    lines = [line for rule in by_rule(outcome.findings) for line in text.rule(rule)]
    if text.left_out:
        lines += [f"{number(text.left_out, 'more finding')}, not shown because of --max.", ""]
    ink = _GREEN if outcome.conforms else _COLOURS[Severity.ERROR]
    last = text.inked(counts(outcome), ink)
    return "\n".join([*lines, *compared(outcome), last]) + "\n"


class _Text:
    def __init__(self, root: Path, colour: bool, most: int) -> None:
        self.root, self.colour, self.room = root, colour, most
        self.left_out = 0

    def rule(self, rule: Rule) -> Iterator[str]:
        """Write a rule and those of its places that there is room for."""
        shown_here = rule.findings[: self.room]
        self.room -= len(shown_here)
        self.left_out += len(rule.findings) - len(shown_here)
        if not shown_here:
            return
        head = f"{rule.severity} {rule.code}"
        count = f" ({len(rule.findings)})" if len(rule.findings) > 1 else ""
        yield self.inked(head, f"{_BOLD};{_COLOURS[rule.severity]}") + f"{count}: {rule.wrong}"
        if rule.mend:
            yield f"  {rule.mend}"
        for finding in shown_here:
            yield f"  {self._line(finding)}"
        yield ""

    def _line(self, finding: Finding) -> str:
        named = about(finding)
        where = self.inked(place(finding, self.root), _BOLD)
        return f"{where}: {named}" if named else where

    def inked(self, text: str, ink: str) -> str:
        """Colour a text, where that is wanted."""
        return f"\033[{ink}m{text}\033[0m" if self.colour else text


def line(finding: Finding, root: Path) -> str:
    """Write a finding alone, in one line."""
    named = about(finding)
    told = f"{finding.severity} {finding.code}: {finding.message}"
    return f"{place(finding, root)}: {told}" + (f" ({named})" if named else "")


__all__ = ["as_text", "line", "shown"]
