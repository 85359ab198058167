"""`sayso init` begins a folder that conforms, and touches nothing that is there."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.cli import group
from sayso.errors import CannotWrite, NotEmpty
from sayso.paths import DataFolder
from sayso.store import load
from sayso.text.template import EXAMPLE


def files(folder: Path) -> dict[str, bytes]:
    found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*")}
    assert found
    return found


@pytest.mark.parametrize("there", [False, True])
def test_the_example_is_copied_and_the_next_steps_are_told(
    there: bool, tmp_path: Path, runner: CliRunner
) -> None:
    folder = tmp_path / "my folder"
    if there:
        folder.mkdir()
    result = runner.invoke(group, ["init", str(folder)])
    assert result.exit_code == 0, result.output
    assert files(folder) == files(EXAMPLE)
    assert [line.split(" --")[0].split(" '")[0] for line in result.output.splitlines()[1:]] == [
        "  sayso check",
        "  sayso serve",
        "  sayso tidy",
    ]
    assert f"--data '{folder}'" in result.output


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path, runner: CliRunner) -> None:
    (tmp_path / "mine.txt").write_text("tea")
    result = runner.invoke(group, ["init", str(tmp_path)])
    assert isinstance(result.exception, NotEmpty)
    assert str(result.exception).startswith(f"{tmp_path}: this is there already and is not an")
    assert files(tmp_path) == {"mine.txt": b"tea"}


def test_a_file_is_left_alone(tmp_path: Path, runner: CliRunner) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("tea")
    result = runner.invoke(group, ["init", str(path)])
    assert isinstance(result.exception, NotEmpty)
    assert path.read_text() == "tea"


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, runner: CliRunner) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("tea")
    result = runner.invoke(group, ["init", str(path / "inside")])
    assert isinstance(result.exception, CannotWrite)
    assert path.read_text() == "tea"


def test_the_example_has_what_it_is_to_show(wonderland: DataFolder) -> None:
    store = load(wonderland)
    assert store.base == "https://example.org/sayso/"
    asks = {
        "a chain of four": "?a sayso:relays/sayso:relays/sayso:relays ?end",
        "a denial of what is alleged": "?a sayso:act act:alleges ; sayso:states ?s . "
        "?b sayso:act act:denies ; sayso:states ?s",
        "an unnamed source": "?a sayso:claimant/a sayso:UnnamedSource",
        "a finding of no evidence": "?a sayso:act act:findsNoEvidence",
        "two values": "?a sayso:states [ sayso:predicate ?p ; sayso:object 12 ] . "
        "?b sayso:states [ sayso:predicate ?p ; sayso:object 100 ]",
        "an omitted sentence": "?s sayso:omitted omission:boilerplate",
    }
    for what, pattern in asks.items():
        assert bool(store.queryable.query(f"ASK {{ {pattern} }}", prefixes=store.prefixes)), what


def test_the_example_conforms(wonderland: DataFolder, runner: CliRunner) -> None:
    result = runner.invoke(group, ["check", "--data", str(wonderland.root)])
    assert result.exit_code == 0, result.output
