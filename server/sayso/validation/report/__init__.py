"""Write what a check found: for people, for programs, for CI systems and for other SHACL tools."""

from collections.abc import Callable
from pathlib import Path

from sayso.validation.outcome import Outcome
from sayso.validation.report.github import as_github
from sayso.validation.report.records import as_json
from sayso.validation.report.sarif import as_sarif
from sayso.validation.report.text import as_text
from sayso.validation.report.w3c import as_jsonld, as_turtle

__all__ = [
    "FORMATS",
    "as_github",
    "as_json",
    "as_jsonld",
    "as_junit",
    "as_sarif",
    "as_text",
    "as_turtle",
]


def as_junit(outcome: Outcome, root: Path) -> str:
    """Write a test for each file, as JUnit does; the parts for XML are loaded for that alone."""
    from sayso.validation.report import junit  # noqa: PLC0415

    return junit.as_junit(outcome, root)


FORMATS: dict[str, Callable[[Outcome, Path], str]] = {
    "text": as_text,
    "github": as_github,
    "sarif": as_sarif,
    "junit": as_junit,
    "json": as_json,
    "turtle": as_turtle,
    "jsonld": as_jsonld,
}
