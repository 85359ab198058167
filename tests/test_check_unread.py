"""Files that cannot be read are told with their places, and what is sure of the others is told."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sayso.cli import group
from sayso.paths import HOME, DataFolder

OUTER = "washington-times-2020-01-04-iran-al-qaeda-passage"
REPORT = "9-11-commission-2004-07-report"


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    root = tmp_path_factory.mktemp("real")
    shutil.copytree(HOME / "graph", root / "graph")
    return DataFolder(root)


@pytest.fixture
def real(copied: DataFolder) -> Iterator[DataFolder]:
    """Give a copy of the real graph, and make it whole again."""
    yield copied
    shutil.rmtree(copied.root)
    shutil.copytree(HOME / "graph", copied.root / "graph")


def run(folder: DataFolder, *arguments: str) -> Result:
    line = ["check", "--data", str(folder.root), "--format", "json", *arguments]
    return CliRunner().invoke(group, line)


def broken(path: Path) -> str:
    """Break a file behind two thirds of it; return what is to be told of it."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    at = len(lines) * 2 // 3
    path.write_text("".join([*lines[:at], "  ! \n", *lines[at:]]), "utf-8")
    return f"{path}:{at + 1}:3: this is not Turtle"


@pytest.mark.parametrize(
    "name",
    [
        *("entities/works.ttl", "links.ttl", "dataset.ttl", f"articles/{OUTER}.ttl"),
    ],
)
def test_what_an_unread_file_says_is_missed_in_no_other(name: str, real: DataFolder) -> None:
    told = broken(real.root / "graph" / name)
    result = run(real)
    assert result.exit_code == 2
    assert f"sayso: {told}" in result.stderr
    assert "sayso: The rest was checked without this file" in result.stderr
    assert json.loads(result.stdout) == []


def test_the_report_of_shacl_leaves_out_the_same(real: DataFolder) -> None:
    broken(real.root / "graph" / "entities" / "works.ttl")
    line = ["check", "--data", str(real.root), "--format", "turtle"]
    assert "sh:result " not in CliRunner().invoke(group, line).stdout


def test_what_is_sure_beside_an_unread_file_is_told(real: DataFolder) -> None:
    """Too much is too much, and what no unread file names is missing for good."""
    broken(real.root / "graph" / "entities" / "people.ttl")
    record = real.articles / f"{REPORT}.ttl"
    text = record.read_text("utf-8")
    text = text.replace("sayso:certainty cert:unstated", "sayso:certainty cert:dubious", 1)
    text = text.replace("sayso:claimant person:", "sayso:claimant person:nobody , person:", 1)
    record.write_text(text, "utf-8")
    found = {each["code"] for each in json.loads(run(real).stdout)}
    assert found == {"claim-certainty-listed", "claim-one-claimant", "claim-known-claimant"}


def test_a_file_whose_names_cannot_be_seen_may_name_anything(real: DataFolder) -> None:
    people = real.root / "graph" / "entities" / "people.ttl"
    people.write_text(people.read_text("utf-8"), "utf-16")
    result = run(real)
    assert f"sayso: {people}:1: byte 0 is not UTF-8" in result.stderr
    assert json.loads(result.stdout) == []


def test_all_files_that_cannot_be_read_are_told(real: DataFolder) -> None:
    names = ("entities/people.ttl", "links.ttl", f"articles/{REPORT}.ttl")
    told = [broken(real.root / "graph" / name) for name in names]
    result = run(real)
    assert result.exit_code == 2
    assert all(f"sayso: {each}" in result.stderr for each in told)
    assert "without these 3 files" in result.stderr


@pytest.mark.parametrize("room", ["ontology", "shapes"])
def test_without_the_words_or_the_rules_nothing_is_checked_and_all_is_told(
    room: str, real: DataFolder
) -> None:
    told = [broken(real.root / "graph" / "links.ttl"), broken(real.articles / f"{REPORT}.ttl")]
    own = real.root / room
    own.mkdir()
    for name in ("one.ttl", "two.ttl"):
        (own / name).write_text("<#a> <#b>\n ! .\n", "utf-8")
        told.append(f"{own / name}:2:2: this is not Turtle")
    result = run(real)
    assert result.stdout == ""
    assert sorted(line.partition(": this")[0] for line in str(result.exception).splitlines()) == (
        sorted(each.partition(": this")[0] for each in told)
    )


def test_a_description_without_its_base_ends_the_check_and_all_is_told(real: DataFolder) -> None:
    real.dataset.write_text("<> ! .\n", "utf-8")
    told = broken(real.root / "graph" / "links.ttl")
    lines = str(run(real).exception).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"{real.dataset}:1:4: this is not Turtle")
    assert lines[1].startswith(told)
