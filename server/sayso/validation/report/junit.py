"""Write what a check found as JUnit XML, as Jenkins, GitLab and the others read it."""

from collections import defaultdict
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from sayso.validation.finding import Finding
from sayso.validation.outcome import Outcome
from sayso.validation.report.text import line
from sayso.validation.report.wording import UNREAD, compared, counts, sentence, shown, unread

_NO_FILE = "(no file)"
_XML = {"\t", "\n", "\r"}


def as_junit(outcome: Outcome, root: Path) -> str:
    """Write a test for each file that was looked at, with a failure for each finding in it.

    A file that could not be read is an error. A finding that does not make the check fail
    stands as output of its test.
    """
    files: dict[str, list[Finding]] = defaultdict(list)
    for path in outcome.claims:
        files[shown(path, root)] = []
    for finding in outcome.findings:
        files[shown(finding.path, root)].append(finding)
    lost = unread(outcome)
    for finding in lost:
        files[shown(finding.path, root)].append(finding)
    failing = [each for each in outcome.findings if outcome.is_grave(each)]
    numbers = {"tests": str(len(files)), "failures": str(len(failing)), "errors": str(len(lost))}
    suites = Element("testsuites", {"name": "sayso check", **numbers})
    suite = SubElement(suites, "testsuite", {"name": "sayso check", **numbers})
    for name, found in sorted(files.items()):
        _case(suite, name, found, outcome, root)
    told = SubElement(suite, "system-out")
    told.text = _clean("\n".join([*compared(outcome), counts(outcome)]))
    indent(suites)
    return tostring(suites, encoding="unicode", xml_declaration=False) + "\n"


def _case(suite: Element, path: str, findings: list[Finding], outcome: Outcome, root: Path) -> None:
    case = SubElement(suite, "testcase", {"name": path, "classname": "sayso.check"})
    for finding in filter(outcome.is_grave, findings):
        attributes = {"type": finding.code, "message": _clean(sentence(finding))}
        kind = "error" if finding.code == UNREAD else "failure"
        SubElement(case, kind, attributes).text = _clean(line(finding, root))
    others = [line(each, root) for each in findings if not outcome.is_grave(each)]
    if others:
        SubElement(case, "system-out").text = _clean("\n".join(others))


def _clean(text: str) -> str:
    """Leave out what XML 1.0 has no character for (section 2.2)."""
    return (
        "".join(c for c in text if c >= " " or c in _XML)
        .replace("\ufffe", "")
        .replace("\uffff", "")
    )
