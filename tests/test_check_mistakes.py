"""Nothing passes a check by mistake: what would look like success is told, and fails."""

import re
from pathlib import Path

import pytest

from court import BASE, NAME, make, run, spoil
from sayso.errors import (
    IllFormedShape,
    NoFile,
    NoRdf,
    NoRecords,
    NothingLookedAt,
    NoTriples,
    SeveralThings,
)
from sayso.paths import HOME, DataFolder
from sayso.validation.prefixes import MISSPELT, is_one_letter_off
from sayso.validation.strays import STRAY

SH = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
RDF = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
RULE = "<urn:x:r> a sh:NodeShape ; sh:targetClass <urn:x:T> ; sh:nodeKind sh:IRI .\n"


@pytest.fixture
def court(tmp_path: Path) -> DataFolder:
    return make(tmp_path / "court")


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def found(court: DataFolder, *arguments: str | Path) -> list[tuple[str, str]]:
    """List the codes and the places of a check that fails."""
    result = run(court, "--format", "github", *arguments)
    assert result.exit_code == 1, result.output
    told = re.findall(
        r"^::error title=([\w-]+)(?:,file=([^:]+?))?(?:,end\w+=\d+)?::", result.output, re.M
    )
    return sorted(told)


# ---------------------------------------------------------------- shapes


@pytest.mark.parametrize("target", ["sh:targetClass <urn:x:Clam>", "sh:targetNode <urn:x:no>", ""])
def test_a_shape_that_targets_nothing(court: DataFolder, target: str) -> None:
    said = f"<urn:x:r> a sh:NodeShape ; {target} ; sh:nodeKind sh:IRI .\n"
    own = write(court.root / "shapes" / "own.ttl", SH + said)
    ((code, place),) = found(court)
    assert code == "shape-targets-nothing"
    assert place.startswith(f"{own},line=2,col=")


@pytest.mark.parametrize(
    ("said", "place", "mend"),
    [
        ("sh:property [ sh:path <urn:x:p> ; sh:minCont 1 ]", "line=2,col=96", "Write sh:minCount"),
        ("a sh:NodShape", "line=2,col=64", "Write sh:NodeShape"),
        ("sh:frobnicate 1", "line=2,col=62", "Remove it"),
    ],
)
def test_a_term_that_shacl_does_not_have(
    court: DataFolder, said: str, place: str, mend: str
) -> None:
    text = f"<urn:x:r> sh:targetClass <https://w3id.org/sayso/ns#Claim> ; {said} .\n"
    own = write(court.root / "shapes" / "own.ttl", SH + text)
    assert found(court) == [("shape-term-known", f"{own},{place}")]
    assert mend in run(court).output


@pytest.mark.parametrize("engine", ["auto", "pyshacl"])
def test_what_only_the_drafts_of_shacl_ask_for_is_told_and_looked_at_by_nothing(
    court: DataFolder, engine: str
) -> None:
    asked = "sh:property [ sh:path rdf:type ; sh:maxListLength 3 ]"
    said = f"sh:targetClass <https://w3id.org/sayso/ns#Claim> ; {asked}"
    text = f"{RDF}<urn:x:r> a sh:NodeShape ; {said} .\n"
    own = write(court.root / "shapes" / "own.ttl", SH + text)
    told = found(court, "--engine", engine)
    assert told == [("shape-term-known", f"{own},line=3,col=112")]
    assert "Only the drafts of SHACL 1.2 have sh:maxListLength" in run(court).output


def test_what_the_drafts_of_shacl_tell_readers_alone_is_no_mistake(court: DataFolder) -> None:
    said = 'sh:codeIdentifier "own" ; sh:intent "Each claim is one." ; sh:nodeKind sh:IRI'
    text = f"<urn:x:r> sh:targetClass <https://w3id.org/sayso/ns#Claim> ; {said} .\n"
    write(court.root / "shapes" / "own.ttl", SH + text)
    assert run(court).exit_code == 0


@pytest.mark.parametrize(
    ("said", "place", "engine"),
    [
        ("sh:property [ sh:path <urn:x:p> ; sh:minCount 'one' ]", "2:100", "auto"),
        ("sh:property [ sh:path <urn:x:p> ; sh:nodeKind sh:Irí ]", "2:100", "pyshacl"),
        ("sh:property [ sh:path 'p' ; sh:minCount 1, 2 ]", "2:82", "auto"),
        ("sh:in 5", "2:60", "auto"),
    ],
)
def test_a_shape_that_is_not_well_formed(
    court: DataFolder, said: str, place: str, engine: str
) -> None:
    text = f"<urn:x:r> a sh:NodeShape ; sh:targetNode <urn:x:r> ; {said} .\n"
    own = write(court.root / "shapes" / "own.ttl", SH + text)
    result = run(court, "--engine", engine)
    assert isinstance(result.exception, IllFormedShape | SeveralThings)
    lines = str(result.exception).splitlines()
    assert f"{own}:{place}" in {line.split(": ")[0] for line in lines}
    assert all("this is no well-formed shape, by its " in line for line in lines)


def test_other_people_s_shapes_that_are_not_well_formed(court: DataFolder, tmp_path: Path) -> None:
    shapes = write(tmp_path / "s.ttl", SH + RULE.replace("sh:IRI", "sh:Ire"))
    data = write(tmp_path / "d.ttl", "<urn:x:a> a <urn:x:T> .\n")
    result = run_plain(shapes, data)
    assert isinstance(result, IllFormedShape)
    assert str(result).startswith(f"{shapes}:2:67: this is no well-formed shape, by its nodeKind: ")


def run_plain(shapes: Path, *data: Path) -> BaseException | None:
    from click.testing import CliRunner  # noqa: PLC0415

    from sayso.cli import group  # noqa: PLC0415

    line = ["check", "--shapes", str(shapes), *map(str, data)]
    return CliRunner().invoke(group, line).exception


# ---------------------------------------------------------------- files


@pytest.mark.parametrize(
    ("text", "looked_at"),
    [
        ("<urn:x:a> a <urn:x:T> ; <urn:x:p> 1 .", False),
        ("", False),
        ("<urn:x:a> a <https://w3id.org/sayso/ns#Claim> .", True),  # by its class
        ("<urn:x:a> <http://www.w3.org/2002/07/owl#sameAs> <urn:x:b> .", True),  # by a rule of all
        ("<urn:x:a> a <urn:x:T", True),  # that it cannot be read was told
    ],
)
def test_a_file_from_elsewhere_at_which_no_rule_looks(
    court: DataFolder, tmp_path: Path, text: str, looked_at: bool
) -> None:
    given = write(tmp_path / "theirs.ttl", text)
    fault = run(court, given).exception
    if looked_at:
        assert isinstance(fault, SystemExit)
    else:
        assert isinstance(fault, NothingLookedAt)
        assert str(fault).startswith(f"{given}: no shape is about any node in it; ")


def test_files_of_the_folder_are_its_own_whatever_they_say(court: DataFolder) -> None:
    shared = write(court.root / "graph" / "entities" / "plain.ttl", "<urn:x:a> <urn:x:p> 1 .")
    assert not isinstance(run(court, shared).exception, NothingLookedAt)


def test_own_rules_look_at_a_file_from_elsewhere(court: DataFolder, tmp_path: Path) -> None:
    write(court.root / "shapes" / "own.ttl", SH + RULE.replace("<urn:x:r>", "[]"))
    given = write(tmp_path / "theirs.ttl", "<urn:x:a> a <urn:x:T> .")
    assert not isinstance(run(court, given).exception, NothingLookedAt)


@pytest.mark.parametrize(
    "name",
    [
        "graph/articles/trial.trig",
        "graph/articles/sub/trial.ttl",
        "graph/articles/trial.TTL",
        "graph/people/cards.ttl",
        "ontology/words.rdf",
        "shapes/more/own.ttl",
        "graph/articles/trial.ttl.gz",
    ],
)
def test_a_file_that_matches_no_pattern(court: DataFolder, name: str) -> None:
    path = write(court.root / name, "")
    assert found(court) == [(STRAY, str(path))]


@pytest.mark.parametrize("name", ["graph/README.md", "texts/a.ttl", "ontology/context.jsonld"])
def test_a_file_that_is_no_data_is_no_fault(court: DataFolder, name: str) -> None:
    write(court.root / name, "")
    assert run(court).exit_code == 0


def test_a_pattern_that_matches_no_file(court: DataFolder, tmp_path: Path) -> None:
    assert isinstance(run(court, tmp_path / "*.tll").exception, NoFile)
    shapes = write(tmp_path / "s.ttl", SH + RULE)
    assert isinstance(run_plain(shapes, tmp_path / "*.tll"), NoRdf)


def test_a_graph_in_which_nothing_is(court: DataFolder, tmp_path: Path) -> None:
    record = court.articles / NAME
    write(record, "# nothing\n")
    assert ("file-has-its-record", f"{record},line=1,col=1") in found(court)
    record.unlink()
    assert isinstance(run(court).exception, NoRecords)
    shapes = write(tmp_path / "s.ttl", SH + RULE)
    assert isinstance(run_plain(shapes, write(tmp_path / "d.ttl", "")), NoTriples)
    assert isinstance(run_plain(write(tmp_path / "e.ttl", ""), shapes), NoTriples)


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("prefix", "space", "meant"),
    [
        ("scheme", "http://schema.org/", "schema:"),
        ("prov", "http://www.w3.org/ns/prov", "prov:"),
        ("sayso", "https://w3id.org/sayso/sn#", "sayso:"),
        ("place", f"{BASE}id/places/", "place:"),
        ("skos", "http://www.w3.org/2004/02/skos/care#", "skos:"),
    ],
)
def test_a_prefix_that_is_one_letter_off(
    court: DataFolder, prefix: str, space: str, meant: str
) -> None:
    people = court.root / "graph" / "entities" / "people.ttl"
    write(people, f"# @prefix no: <{space}> .\n@prefix\n  {prefix}-: <{space}> .\n")
    assert found(court) == [(MISSPELT, f"{people},line=3,col={len(prefix) + 6}")]
    assert f"This prefix stands for nearly what {meant} stands for." in run(court).output


@pytest.mark.parametrize("space", ["https://schema.org/", "urn:x:other/", "https://schema.com/x/"])
def test_a_prefix_that_is_right_or_of_another_world(court: DataFolder, space: str) -> None:
    write(court.root / "graph" / "entities" / "people.ttl", f"PREFIX x: <{space}>\n")
    assert run(court).exit_code == 0


def test_no_known_namespace_is_one_letter_off_another() -> None:
    from sayso.vocabularies import prefixes  # noqa: PLC0415

    spaces = [*prefixes().values()]
    assert not [(a, b) for a in spaces for b in spaces if is_one_letter_off(a, b)]


@pytest.mark.parametrize(
    ("one", "other", "off"),
    [
        ("abc", "abc", False),
        ("abc", "ab", True),
        ("abc", "xabc", True),
        ("abc", "axc", True),
        ("abc", "acb", True),
        ("abc", "cba", False),
        ("abc", "a", False),
        ("abcd", "abxy", False),
        ("", "a", True),
    ],
)
def test_one_letter_is_more_less_else_or_swapped(one: str, other: str, *, off: bool) -> None:
    assert is_one_letter_off(one, other) is off
    assert is_one_letter_off(other, one) is off


@pytest.mark.parametrize("term", ["sayso:claimnt", "act:denie", "cert:certainn"])
def test_an_unknown_term_of_the_project(court: DataFolder, term: str) -> None:
    text = f"<urn:x:a> a <urn:x:T> ; <urn:x:p> {term} .\n"
    head = (
        "@prefix sayso: <https://w3id.org/sayso/ns#> .\n"
        "@prefix act: <https://w3id.org/sayso/code/act/> .\n"
        "@prefix cert: <https://w3id.org/sayso/code/certainty/> .\n"
    )
    people = write(court.root / "graph" / "entities" / "people.ttl", head + text)
    assert found(court) == [("term-known", f"{people},line=4,col=35")]


def test_a_misspelt_word_in_a_record_fails_with_its_rule(court: DataFolder) -> None:
    spoil(court, "cert:certain", "cert:certian")
    assert [code for code, _ in found(court)] == ["claim-certainty-listed"]


# ---------------------------------------------------------------- codes


def test_every_code_is_explained(court: DataFolder) -> None:
    rows = re.findall(r"^\| `(.+?)` \|", (HOME / "shapes" / "README.md").read_text("utf-8"), re.M)
    assert {STRAY, MISSPELT, "shape-targets-nothing", "term-known"} < set(rows)
    for code in ("claim-one-act", STRAY, MISSPELT, *rows[-14:]):
        text = run(court, "--explain", code).output
        assert text.startswith(f"{code}\n    "), code
        assert "\nHow to mend it\n    " in text or "\nWhy\n    " in text, code
