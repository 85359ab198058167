"""Write what a check found as SARIF 2.1.0 (OASIS Standard, 27 March 2020)."""

import json
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import sayso
from sayso.validation.baseline import Known
from sayso.validation.finding import Finding, Severity
from sayso.validation.outcome import Outcome
from sayso.validation.report.wording import Rule, by_rule, sentence, shown, unread
from sayso.vocabularies import BASE

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ROOT = "%SRCROOT%"
_Object = dict[str, object]


def as_sarif(outcome: Outcome, root: Path) -> str:
    """Write one run with its rules and results; paths start at ``root``.

    Where a baseline was given, each result has its state (section 3.27.24): new, unchanged, or
    absent where it is healed.
    """
    rules = _rules([*outcome.findings, *outcome.known], outcome.healed)
    index = {str(rule["id"]): number for number, rule in enumerate(rules)}
    new = "new" if outcome.compared else ""
    results = [_result(each, root, index, new) for each in outcome.findings]
    results += [_result(each, root, index, "unchanged") for each in outcome.known]
    results += [_healed(each, index) for each in outcome.healed]
    driver = {
        "name": "sayso",
        "version": sayso.__version__,
        "informationUri": BASE + "ns",
        "rules": rules,
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(outcome, root)],
        "results": results,
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _invocation(outcome: Outcome, root: Path) -> _Object:
    """Say how it went; what could not be read is no result but a notification (section 3.58)."""
    told: list[_Object] = [
        {
            "level": "error",
            "descriptor": {"id": each.code},
            "message": {"text": each.message},
            "locations": [_location(each, root)],
        }
        for each in unread(outcome)
    ]
    status = 2 if told else int(outcome.fails)
    done: _Object = {"executionSuccessful": not told, "exitCode": status}
    return done | ({"toolExecutionNotifications": told} if told else {})


def _rules(findings: list[Finding], healed: tuple[Known, ...]) -> list[_Object]:
    """Describe each rule once, though it may say something else of each place."""
    described = {rule.code: _rule(rule) for rule in reversed(by_rule(findings))}
    gone = {each.code: _Object(id=each.code) for each in healed}
    return list((gone | described).values())


def _rule(rule: Rule) -> _Object:
    help_text = " ".join(filter(None, (rule.wrong, rule.mend)))
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.wrong},
        "help": {"text": f"{help_text}\nsayso check --explain {rule.code}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(finding: Finding, root: Path, index: dict[str, int], state: str) -> _Object:
    result: _Object = {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": sentence(finding)},
        "locations": [_location(finding, root)],
        "partialFingerprints": {"sayso/v1": fingerprint(Known.of(finding, root))},
    }
    return result | ({"baselineState": state} if state else {})


def _healed(known: Known, index: dict[str, int]) -> _Object:
    return {
        "ruleId": known.code,
        "ruleIndex": index[known.code],
        "message": {"text": "What the baseline knew is healed."},
        "partialFingerprints": {"sayso/v1": fingerprint(known)},
        "baselineState": "absent",
    }


def _location(finding: Finding, root: Path) -> _Object:
    location: _Object = {}
    if finding.path is not None:
        physical: _Object = {"artifactLocation": _artifact(finding.path, root)}
        if finding.line is not None:
            physical["region"] = _region(finding)
        location["physicalLocation"] = physical
    if finding.focus:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.focus}]
    return location


def _region(finding: Finding) -> _Object:
    """Say where it begins, and the column behind its last character (section 3.30.7)."""
    region: _Object = {"startLine": finding.line, "startColumn": finding.column}
    if finding.end_line is not None:
        region |= {"endLine": finding.end_line, "endColumn": finding.end_column}
    return region


def _artifact(path: Path, root: Path) -> _Object:
    relative = shown(path, root)
    if Path(relative).is_absolute():
        return {"uri": Path(relative).as_uri()}
    return {"uri": quote(relative), "uriBaseId": _ROOT}


def fingerprint(known: Known) -> str:
    """Hash what stays the same of a finding when its line moves."""
    return sha256("\n".join(map(str, known.key)).encode()).hexdigest()
