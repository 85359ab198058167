"""Write what a check found as annotations of GitHub Actions (its workflow commands)."""

from pathlib import Path

from sayso.validation.finding import Finding, Severity
from sayso.validation.outcome import Outcome
from sayso.validation.report.wording import compared, counts, number, sentence, shown, unread

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def as_github(outcome: Outcome, root: Path, *, most: int | None = None) -> str:
    """Write a command for each finding, then the counts; paths start at ``root``.

    Of more than ``most`` findings the rest is counted. GitHub itself shows ten errors and ten
    warnings of a step.
    """
    worst = sorted(outcome.findings, key=lambda finding: list(Severity).index(finding.severity))
    lines = [_command(finding, root) for finding in (*unread(outcome), *worst[:most])]
    left_out = len(worst[most:]) if most else 0
    if left_out:
        lines.append(f"{number(left_out, 'more finding')}, not shown because of --max.")
    return "\n".join([*lines, *compared(outcome), counts(outcome)]) + "\n"


def _command(finding: Finding, root: Path) -> str:
    properties = {"title": finding.code}
    if finding.path is not None:
        properties["file"] = shown(finding.path, root)
    properties |= {name: str(number) for name, number in _region(finding).items()}
    written = ",".join(f"{name}={_escaped(text, _PROPERTY)}" for name, text in properties.items())
    return f"::{_COMMANDS[finding.severity]} {written}::{_escaped(sentence(finding), _DATA)}"


def _region(finding: Finding) -> dict[str, int | None]:
    """Say where it stands; GitHub takes columns only of what stands in one line."""
    if finding.line is None:
        return {}
    if finding.end_line is None:
        return {"line": finding.line, "col": finding.column}
    if finding.end_line == finding.line:
        return {"line": finding.line, "col": finding.column, "endColumn": finding.end_column}
    return {"line": finding.line, "endLine": finding.end_line}


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(character, character) for character in text)
