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
    if finding.line is not None:
        properties |= {"line": str(finding.line), "col": str(finding.column)}
    written = ",".join(f"{name}={_escaped(text, _PROPERTY)}" for name, text in properties.items())
    return f"::{_COMMANDS[finding.severity]} {written}::{_escaped(sentence(finding), _DATA)}"


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(character, character) for character in text)
