"""The check names the place of each fault, says how it went, and refuses what it cannot read."""

import json
from pathlib import Path

import pytest
from rdflib import RDF, SH, Graph, Literal

from court import BASE, NAME, line_of, make, run, spoil
from sayso.errors import BadShapes, NoFile, NoFolder, NoRecords, NoTurtle, SaysoError
from sayso.paths import DataFolder

LOOKED = "6 files with 3 claims"  # the ontology's four, the data set's and the record


@pytest.fixture
def court(tmp_path: Path) -> DataFolder:
    """Make a folder of one record, in which everything is as it should be."""
    return make(tmp_path / "court")


def test_a_folder_that_keeps_the_rules_passes(court: DataFolder) -> None:
    result = run(court)
    assert (result.exit_code, result.output) == (0, f"Nothing to mend in {LOOKED}.\n")


def test_a_violation_is_named_with_its_place(court: DataFolder) -> None:
    record = spoil(court, "cert:certain", "cert:dubious")
    result = run(court)
    place = f"{record}:{line_of(record, 'cert:dubious')}:21"
    assert result.exit_code == 1
    assert result.output == (
        "error claim-certainty-listed: There is no such degree of certainty.\n"
        "  Take one from the list in ontology/codes.ttl.\n"
        f"  {place}: dubious of c3\n\n"
        f"1 error, 0 warnings in {LOOKED}.\n"
    )


def test_what_is_missing_is_named_at_its_subject(court: DataFolder) -> None:
    record = spoil(court, "    sayso:act act:denies ;\n", "")
    (finding,) = json.loads(run(court, "--format", "json").output)
    assert finding["code"] == "claim-one-act"
    assert (finding["line"], finding["column"]) == (line_of(record, "<#c3>"), 1)
    assert finding["focus"] == f"{BASE}article/{record.stem}#c3"


def test_what_a_query_finds_is_named_at_the_thing_at_fault(court: DataFolder) -> None:
    record = spoil(court, "sayso:relays <#c2>", "sayso:relays <#c2> , <#c1>")
    (finding,) = json.loads(run(court, "--format", "json").output)
    assert finding["code"] == "claim-no-cycle"
    assert (finding["line"], finding["column"]) == (line_of(record, "<#c2> , <#c1>"), 26)


def test_a_fault_below_a_blank_node_is_named_where_that_is_said(court: DataFolder) -> None:
    record = spoil(
        court,
        "<#s1>\n    a sayso:TextSpan ;",
        "<#s1>\n    a sayso:TextSpan ;\n    <https://example.org/note> [ oa:exact 'the words' ] ;",
    )
    findings = json.loads(run(court, "--format", "json").output)
    assert [(each["code"], each["line"], each["column"]) for each in findings] == [
        ("span-closed", line_of(record, "oa:exact"), 5),
        ("no-stored-text", line_of(record, "oa:exact"), 32),
    ]


def test_a_warning_alone_does_not_fail(court: DataFolder) -> None:
    spoil(court, "sayso:claimant person:hatter", "sayso:claimant org:court-scribes")
    spoil(court, "The Hatter accuses", "The scribes of the court accuse")
    result = run(court)
    assert result.exit_code == 0
    assert "warning claim-encoder-not-claimant" in result.output
    assert result.output.endswith(f"\n0 errors, 1 warning in {LOOKED}.\n")


def test_findings_are_grouped_by_rule_the_worst_first(court: DataFolder) -> None:
    spoil(court, "cert:certain", "cert:dubious")
    spoil(court, "sayso:claimant person:hatter", "sayso:claimant org:court-scribes")
    spoil(court, "The Hatter accuses", "The scribes of the court accuse")
    other = court.root / "graph" / "entities" / "people.ttl"
    other.parent.mkdir()
    other.write_text(f'<{BASE}a> <{BASE}note> "loud" .\n<{BASE}b> <{BASE}note> "low" .\n', "utf-8")
    groups = run(court).output.split("\n\n")
    heads = [each.partition(":")[0] for each in groups]
    assert heads[:2] == ["error claim-certainty-listed", "error node-has-type (2)"]
    assert heads[2] == "warning claim-encoder-not-claimant"
    assert groups[1].splitlines()[-2:] == [f"  {other}:1:1: a", f"  {other}:2:1: b"]
    assert groups[3] == "3 errors, 1 warning in 7 files with 3 claims.\n"


def test_turtle_is_the_report_that_shacl_defines(court: DataFolder) -> None:
    spoil(court, "cert:certain", "cert:dubious")
    result = run(court, "--format", "turtle")
    report = Graph().parse(data=result.output, format="turtle")
    assert result.exit_code == 1
    assert (None, SH.conforms, Literal(False)) in report
    assert len(list(report.subjects(RDF.type, SH.ValidationResult))) == 1


def test_turtle_tells_in_comments_what_no_shape_said(court: DataFolder) -> None:
    spoil(court, '"1865-11-25"^^xsd:date', '"1865-11-24"^^xsd:date')
    result = run(court, "--format", "turtle")
    assert result.exit_code == 1
    assert result.output.startswith("# ")
    assert "error period-bounds-fit" in result.output.splitlines()[0]
    assert (None, SH.conforms, Literal(True)) in Graph().parse(data=result.output, format="turtle")


def test_only_the_named_files_are_reported(court: DataFolder) -> None:
    record = spoil(court, "cert:certain", "cert:dubious")
    assert run(court, court.dataset).exit_code == 0
    assert run(court, court.articles).exit_code == 1
    assert run(court, record).exit_code == 1


def test_a_draft_is_checked_in_place_of_the_record_of_its_name(
    court: DataFolder, tmp_path: Path
) -> None:
    draft = tmp_path / NAME
    record = court.articles / NAME
    draft.write_text(record.read_text("utf-8").replace("act:denies", "act:mutters"), "utf-8")
    result = run(court, draft)
    assert result.exit_code == 1
    assert f"{draft}:{line_of(draft, 'act:mutters')}:15: mutters" in result.output
    assert run(court).exit_code == 0


def test_a_record_bears_the_name_of_its_file(court: DataFolder) -> None:
    (court.articles / "empty.ttl").write_text("# nothing yet\n", "utf-8")
    result = run(court)
    assert result.exit_code == 1
    assert f"{court.articles / 'empty.ttl'}:1:1: empty" in result.output
    assert "error file-has-its-record: " in result.output


def test_own_shapes_are_read_beside_those_that_come_with_sayso(court: DataFolder) -> None:
    own = court.root / "shapes" / "own.ttl"
    own.parent.mkdir()
    rule = (
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "@prefix sayso: <https://w3id.org/sayso/ns#> .\n"
        "<https://example.org/shape/no-hatter> a sh:NodeShape ;\n  sh:targetClass sayso:Claim ;\n"
        "  sh:property [ sh:path sayso:claimant ; sh:not [ sh:hasValue <HATTER> ] ] .\n"
    )
    own.write_text(rule.replace("HATTER", f"{BASE}id/person/hatter"), "utf-8")
    result = run(court)
    assert result.exit_code == 1
    assert "error no-hatter: " in result.output
    own.write_text(rule.replace("sayso:Claim ", "sayso:Clam "), "utf-8")
    output = run(court).output
    assert "error shape-targets-nothing: " in output
    assert f"{own}:4:18: Clam" in output


@pytest.mark.parametrize(
    ("spoiling", "error", "sentence"),
    [
        ("no folder", NoFolder, "there is no such folder"),
        ("no record", NoRecords, "no article is in this folder"),
        ("no such file", NoFile, "nowhere.ttl: there is no such file."),
        ("empty folder", NoTurtle, "no Turtle file is in this folder"),
        ("broken shape", BadShapes, "The shapes cannot be used"),
    ],
)
def test_what_cannot_be_read_gets_one_sentence(
    spoiling: str, error: type[SaysoError], sentence: str, court: DataFolder, tmp_path: Path
) -> None:
    arguments: list[Path] = []
    match spoiling:
        case "no folder":
            court = DataFolder(tmp_path / "nowhere")
        case "no record":
            (court.articles / NAME).unlink()
        case "no such file":
            arguments = [tmp_path / "nowhere.ttl"]
        case "empty folder":
            arguments = [tmp_path / "empty"]
            arguments[0].mkdir()
        case "broken shape":
            (court.root / "shapes").mkdir()
            (court.root / "shapes" / "own.ttl").write_text(
                "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
                "<#s> a sh:PropertyShape ; sh:targetClass <https://w3id.org/sayso/ns#Claim> .\n",
                "utf-8",
            )
    result = run(court, *arguments)
    assert isinstance(result.exception, error)
    assert sentence in str(result.exception)
    assert "\n" not in str(result.exception)


def test_a_bad_folder_ends_with_status_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sayso.cli import main  # noqa: PLC0415

    monkeypatch.setattr("sys.argv", ["sayso", "check", "--data", str(tmp_path / "nowhere")])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 2
