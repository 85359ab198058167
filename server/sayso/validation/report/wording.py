"""Word what every kind of report says: places, terms, counts."""

import re
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from sayso.errors import SaysoError
from sayso.validation.baseline import UNNAMED
from sayso.validation.finding import Finding, Severity
from sayso.validation.outcome import Outcome

UNREAD = "file-cannot-be-read"
_LOCAL_NAME = re.compile(r"(?:https?|file)://\S+[/#]([^/#]+)$")
_RANKS = list(Severity)
_LONGEST = 100


class Rule(NamedTuple):
    """A rule that is broken: its code, how bad that is, what is wrong, how to mend it, where."""

    code: str
    severity: Severity
    wrong: str
    mend: str
    findings: list[Finding]


def by_rule(findings: Iterable[Finding]) -> list[Rule]:
    """Gather findings by rule, the worst first; what is said of one place alone stays apart."""

    def key(finding: Finding) -> tuple[int, str, str]:
        return _RANKS.index(finding.severity), finding.code, finding.message

    rules = []
    for (rank, code, message), found in groupby(sorted(findings, key=key), key):
        ordered = sorted(found, key=lambda finding: finding.order)
        rules.append(Rule(code, _RANKS[rank], *parted(message), ordered))
    return rules


def unread(outcome: Outcome) -> list[Finding]:
    """Tell of each file that could not be read as of a finding, for formats that have no other."""
    return [_unread(error) for error in outcome.unread]


def beside_unread(outcome: Outcome) -> list[str]:
    """Say that the rest was checked without the files that could not be read."""
    if not outcome.unread or not outcome.claims:
        return []
    what = "this file" if len(outcome.unread) == 1 else f"these {len(outcome.unread)} files"
    return [f"The rest was checked without {what}; what depends on it is not told here."]


def _unread(error: SaysoError) -> Finding:
    path, line, column = (error.facts.get(name) for name in ("path", "line", "column"))
    told = str(error).removeprefix(f"{path}:{line}:{column}: ").removeprefix(f"{path}: ")
    return Finding(
        UNREAD,
        Severity.ERROR,
        told[:1].upper() + told[1:],
        path=path if isinstance(path, Path) else None,
        line=line if isinstance(line, int) else None,
        column=column if isinstance(column, int) else 1 if isinstance(line, int) else None,
    )


def parted(message: str) -> tuple[str, str]:
    """Part a sentence of ours into what is wrong and how to mend it, which may be empty."""
    wrong, semicolon, mend = message.partition("; ")
    return (f"{wrong}.", mend[:1].upper() + mend[1:]) if semicolon else (message, "")


def place(finding: Finding, root: Path) -> str:
    """Write the place as editors and terminals read it; the path starts at ``root``."""
    path = shown(finding.path, root)
    return path if finding.line is None else f"{path}:{finding.line}:{finding.column}"


def shown(path: Path | None, root: Path) -> str:
    """Write a path from ``root`` on, where it lies there."""
    if path is None:
        return "(no file)"
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return str(path)


def about(finding: Finding) -> str:
    """Name the value and the thing that it is found at, as short as a person would.

    A node without a name is `[]`: what the engine calls it stands in no file.
    """
    terms = [term for term in (finding.value, finding.focus) if term]
    names = ["[]" if UNNAMED.fullmatch(term) else short(term) for term in terms]
    return " of ".join(dict.fromkeys(names))


def short(text: str) -> str:
    """Return the last part of an IRI, or a text in one line that is not too long."""
    match = _LOCAL_NAME.match(text)
    line = match[1] if match else " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def sentence(finding: Finding) -> str:
    """Say in one line what is wrong, and of what."""
    named = about(finding)
    return f"{finding.message} ({named})" if named else finding.message


def counts(outcome: Outcome) -> str:
    """Count in one line what was found, and where it was looked for."""
    files, claims = len(outcome.claims), sum(outcome.claims.values())
    held = f" with {number(claims, 'claim')}" if claims else ""
    looked = f"in {number(files, 'file')}{held}."
    found = outcome.findings
    if outcome.unread and not files:
        return "Nothing could be read, and so nothing was checked."
    if not found:
        return f"Nothing to mend {looked}"
    errors = sum(each.severity is Severity.ERROR for each in found)
    notes = sum(each.severity is Severity.INFO for each in found)
    told = [number(errors, "error"), number(len(found) - errors - notes, "warning")]
    told += [number(notes, "note")] * bool(notes)
    return f"{', '.join(told)} {looked}"


def compared(outcome: Outcome) -> list[str]:
    """Say what the baseline knew already, and what of it is healed; nothing without one."""
    lines = []
    if outcome.known:
        lines.append(f"{number(len(outcome.known), 'finding')} known to the baseline.")
    for each in outcome.healed:
        where = f"{each.path}: " if each.path else ""
        named = short(each.value or each.focus or "")
        lines.append(f"Healed: {where}{each.code}{named and f' ({named})'}")
    if outcome.healed:
        healed = number(len(outcome.healed), "finding")
        lines.append(f"{healed} of the baseline healed; write it anew with --write-baseline.")
    return lines


def number(count: int, noun: str) -> str:
    """Count a noun."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
