"""Write what a check found, for people, for programs and for other SHACL tools."""

import json
import re
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from sayso.validation.check import Outcome
from sayso.validation.finding import Finding, Severity

_LOCAL_NAME = re.compile(r"https?://\S+[/#]([^/#]+)$")


def as_text(outcome: Outcome, root: Path) -> str:
    """List the findings by file, a line each, with counts at the end; paths start at ``root``."""
    lines = []
    for path, group in groupby(outcome.findings, key=lambda finding: finding.path):
        lines += [_line(finding, _shown(path, root)) for finding in group]
        lines.append("")
    return "\n".join([*lines, _counts(outcome)]) + "\n"


def as_json(outcome: Outcome, root: Path) -> str:
    """List the findings as JSON objects, with the names of Finding as keys."""
    listed = [
        asdict(finding) | {"path": finding.path and _shown(finding.path, root)}
        for finding in outcome.findings
    ]
    return json.dumps(listed, ensure_ascii=False, indent=2) + "\n"


def as_turtle(outcome: Outcome, root: Path) -> str:
    """Write the W3C validation report; what no shape said stands above it in comments."""
    lines = [f"# {_line(each, _shown(each.path, root))}\n" for each in outcome.beyond_shacl]
    return "".join(lines) + outcome.report.graph.serialize(format="turtle")


FORMATS = {"text": as_text, "json": as_json, "turtle": as_turtle}


def _line(finding: Finding, path: str) -> str:
    place = path if finding.line is None else f"{path}:{finding.line}:{finding.column}"
    about = finding.value or finding.focus
    named = f" ({_short(about)})" if about else ""
    return f"{place}: {finding.severity} {finding.code}: {finding.message}{named}"


def _short(text: str) -> str:
    match = _LOCAL_NAME.match(text)
    return match[1] if match else text


def _shown(path: Path | None, root: Path) -> str:
    if path is None:
        return "(no file)"
    try:
        return str(path.resolve().relative_to(root.resolve()))
    except ValueError:
        return str(path)


def _counts(outcome: Outcome) -> str:
    files, claims = len(outcome.claims), sum(outcome.claims.values())
    errors = sum(finding.severity is Severity.ERROR for finding in outcome.findings)
    others = len(outcome.findings) - errors
    looked = f"in {_number(files, 'file')} with {_number(claims, 'claim')}."
    if not outcome.findings:
        return f"Nothing to mend {looked}"
    return f"{_number(errors, 'error')}, {_number(others, 'warning')} {looked}"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
