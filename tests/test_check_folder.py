"""A folder is checked as its files lie: on all cores, and not again while nothing has changed."""

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from sayso.cli import group
from sayso.paths import DataFolder
from sayso.store.files import Source, base_iri, sources
from sayso.terms import BASE
from sayso.text.dates import days
from sayso.validation import check as checking
from sayso.validation import folder_files
from sayso.validation.accelerator import Compiled
from sayso.validation.cache import Cache
from sayso.validation.check import How, Outcome, check_folder, shapes_of
from sayso.validation.engine import Engine
from sayso.validation.facts import Facts
from sayso.validation.folder_files import FolderFiles, unseen
from sayso.validation.material import Material
from sayso.validation.parts import Checker, Part
from sayso.validation.results import Report
from spoiling import WAYS, spoil_database

HERE = Path(__file__).parent / "shapes"
COURT = "https://example.org/court/"


@dataclass(frozen=True)
class Known:
    """A folder that was checked, what came of it, and the file in which that is kept."""

    folder: DataFolder
    outcome: Outcome
    kept: Path


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """Make a folder in which each bad fixture is a record of its own."""
    folder = DataFolder(tmp_path_factory.mktemp("written") / "court")
    folder.articles.mkdir(parents=True)
    dataset = f'<{COURT}d> <http://rdfs.org/ns/void#uriSpace> "{COURT}" .\n'
    folder.dataset.write_text(dataset, "utf-8")
    for path in (*sorted((HERE / "bad").glob("*.ttl")), HERE / "context.ttl"):
        shutil.copy(path, folder.articles)
    assert len(folder.records()) > folder_files._MANY
    return folder


@pytest.fixture
def court(written: DataFolder, known: Known) -> DataFolder:
    """Return the folder as it was written, at the place where it was checked."""
    shutil.rmtree(known.folder.root)
    shutil.copytree(written.root, known.folder.root)
    return known.folder


@pytest.fixture(scope="module")
def known(written: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Known:
    """Check the folder once for all tests of what is known already."""
    room = tmp_path_factory.mktemp("known")
    folder = DataFolder(Path(shutil.copytree(written.root, room / "court")))
    kept = room / "cache" / "check.sqlite"
    return Known(folder, check_folder(folder, (), days, How(cache=Cache(kept))), kept)


@pytest.fixture
def kept(known: Known, tmp_path: Path) -> Path:
    """Copy what is known."""
    place = tmp_path / "cache" / "check.sqlite"
    place.parent.mkdir()
    return Path(shutil.copy(known.kept, place))


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache" / "check.sqlite")


def checks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the files of each check that is made from here on."""
    made: list[int] = []
    check = checking.check

    def counted(data: Material, *others: object) -> Outcome:
        made.append(len(data.quads))
        return check(data, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(checking, "check", counted)
    return made


# ---------------------------------------------------------------- read on all cores, as one


def test_files_taken_as_they_lie_say_what_files_read_say(court: DataFolder) -> None:
    found = sources(court, base_iri(court))
    taken = FolderFiles.take(found, Cache(None), "", unseen)
    read = Material.read(found)
    assert taken.facts == read.facts
    assert taken.claims == read.claims
    assert {str(quad) for quad in taken.triples} == {str(quad) for quad in read.triples}


def test_a_folder_is_found_what_its_files_are_found_one_by_one(court: DataFolder) -> None:
    shapes = shapes_of(court)
    by_folder = check_folder(court, (), days)
    read = Material.read(sources(court, base_iri(court)))
    one_by_one = checking.check(read, shapes, court.articles.resolve(), days)
    assert by_folder.findings == one_by_one.findings
    assert len({finding.code for finding in by_folder.findings}) > 60


def test_files_are_put_together_with_their_own_names(tmp_path: Path) -> None:
    """Each has a base, prefixes and blank nodes of its own."""
    one, two = tmp_path / "one.ttl", tmp_path / "two.ttl"
    one.write_text("@prefix p: <urn:one:> . <#a> p:x _:n . _:n p:y 1 .", "utf-8")
    two.write_text("@prefix p: <urn:two:> . <#a> p:x _:n . [] p:y <> .", "utf-8")
    given = [Source(one, "https://example.org/one"), Source(two, "https://example.org/two")]
    with FolderFiles.take(given, Cache(None), "", unseen).as_one() as path:
        whole = Material.read([Source(path, "https://example.org/whole")])
    assert len(whole.triples) == 4
    (first, second) = (q.object for q in whole.triples if q.predicate.value.endswith(":x"))
    assert first != second
    named = {str(q.subject) for q in whole.triples if q.predicate.value.endswith(":x")}
    assert named == {"<https://example.org/one#a>", "<https://example.org/two#a>"}


def test_a_file_of_all_is_validated_as_its_triples_are(court: DataFolder) -> None:
    taken = FolderFiles.take(sources(court, base_iri(court)), Cache(None), "", unseen)
    shapes = Compiled.of(shapes_of(court).triples)
    with taken.as_one() as path:
        by_file = shapes.validate_file(path)
    by_triples = shapes.validate(taken.triples)
    assert len(by_file.results) > 60
    assert told(by_file) == told(by_triples)


def told(report: Report) -> list[str]:
    """List the results; a path that is no single predicate has another name each time."""
    blank = (each for each in report.results if isinstance(each.path, ox.BlankNode))
    plain = (each for each in report.results if not isinstance(each.path, ox.BlankNode))
    return sorted(map(str, (*(replace(each, path=None) for each in blank), *plain)))


def test_facts_are_kept_and_read_as_they_were() -> None:
    record = max(DataFolder().records(), key=lambda path: path.stat().st_size)
    source = Source(record, f"{BASE}article/{record.stem}")
    facts = Facts.of(Material.read([source]).triples, source.graph)
    assert facts.claims > 200
    assert Facts.from_json(facts.to_json()) == facts


# ---------------------------------------------------------------- what has not changed


def test_what_has_not_changed_is_not_checked_again(
    court: DataFolder, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = checks(monkeypatch)
    first = check_folder(court, (), days, How(cache=cache))
    again = check_folder(court, (), days, How(cache=cache))
    assert len(made) == 1
    assert (again.findings, again.beyond_shacl) == (first.findings, first.beyond_shacl)
    assert again.claims == first.claims
    assert len(again.report.results) == len(first.report.results)
    assert len(again.report.graph) == len(first.report.graph)


@pytest.mark.parametrize("change", ["record", "rule", "engine", "code", "name"])
def test_what_has_changed_is_checked_again(
    change: str, court: DataFolder, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = checks(monkeypatch)
    cache = Cache(kept)
    how = How(cache=cache)
    check_folder(court, (), days, how)
    assert not made
    record = court.articles / "context.ttl"
    match change:
        case "record":
            record.write_text(record.read_text("utf-8") + "\n# one more line\n", "utf-8")
        case "rule":
            (court.root / "shapes").mkdir()
            (court.root / "shapes" / "own.ttl").write_text("# none yet\n", "utf-8")
        case "engine":
            how = How(Engine.PYSHACL, cache)
            monkeypatch.setattr("sayso.validation.reference.validate", lambda *_: Report(()))
        case "code":
            monkeypatch.setattr(checking, "judges", lambda: "other code")
        case "name":
            record.rename(record.with_stem("context-2"))
    check_folder(court, (), days, how)
    assert len(made) == 1


def test_only_the_changed_file_is_read_again(
    court: DataFolder, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    facts_of = folder_files.facts_of

    def watched(reader: folder_files.Read, source: Source) -> Facts:
        read.append(source.path.name)
        return facts_of(reader, source)

    monkeypatch.setattr(folder_files, "facts_of", watched)
    record = court.articles / "context.ttl"
    record.write_text(record.read_text("utf-8") + "\n# one more line\n", "utf-8")
    check_folder(court, (), days, How(cache=Cache(kept)))
    assert read == ["context.ttl"]


@pytest.mark.parametrize("spoilt", [*WAYS, "read-only"])
def test_a_cache_that_cannot_be_used_is_none(
    spoilt: str, court: DataFolder, known: Known, kept: Path
) -> None:
    spoil_database(kept, spoilt, kept=5000)
    if spoilt == "read-only":
        shutil.rmtree(kept.parent)
        kept.parent.write_text("a file where the folder was", "utf-8")
    found = check_folder(court, (), days, How(cache=Cache(kept)))
    assert found.findings == known.outcome.findings


def run(court: DataFolder, *arguments: str) -> Result:
    return CliRunner().invoke(group, ["check", "--data", str(court.root), *arguments])


def test_the_command_keeps_what_it_found_unless_told_not_to(
    wonderland: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    outcomes = Checker.outcomes

    def counted(checker: Checker, part: Part) -> dict[int, bytes | None] | None:
        made.append(len(part.files))
        return outcomes(checker, part)

    monkeypatch.setattr(Checker, "outcomes", counted)
    # Its processes would count for themselves.
    monkeypatch.setattr("sayso.validation.cores._cores", lambda: 1)
    outputs = {run(wonderland).output for _ in range(2)}
    files = len(wonderland.records()) + len(wonderland.shared())
    assert sum(made) == files
    outputs.add(run(wonderland, "--no-cache").output)
    assert sum(made) == 2 * files
    assert len(outputs) == 1


# ---------------------------------------------------------------- what cannot be read


def test_a_record_that_cannot_be_read_is_told_and_the_others_are_checked(
    wonderland: DataFolder,
) -> None:
    (record,) = wonderland.records()
    broken = record.with_name("hatter-1865-11-27-tea.ttl")
    broken.write_text("<#a>\n   ! <#b> .\n", "utf-8")
    latin = record.with_name("hare-1865-11-27-tea.ttl")
    latin.write_bytes("<> <p> 'café' .\n".encode("latin-1"))
    text = record.read_text("utf-8")
    record.write_text(text.replace("cert:certain", "cert:dubious", 1), "utf-8")
    assert record.read_text("utf-8") != text
    result = run(wonderland, "--format", "json")
    assert result.exit_code == 2
    assert f"sayso: {broken}:2:4: this is not Turtle" in result.stderr
    assert f"sayso: {latin}:1: byte 11 is not UTF-8" in result.stderr
    assert {each["code"] for each in json.loads(result.stdout)} == {"claim-certainty-listed"}


def test_what_points_into_a_record_that_cannot_be_read_is_no_fault(wonderland: DataFolder) -> None:
    (record,) = wonderland.records()
    base = base_iri(wonderland)
    broken = record.with_name("hatter-1865-11-27-tea.ttl")
    broken.write_text("<#a>\n   ! <#b> .\n", "utf-8")
    links = wonderland.root / "graph" / "links.ttl"
    link = (
        f"\n<{base}article/{record.stem}#c1> <{BASE}ns#restates> <{base}article/{broken.stem}#c1> ."
    )
    links.write_text(links.read_text("utf-8") + link if links.exists() else link, "utf-8")
    result = run(wonderland)
    assert result.exit_code == 2
    assert "Nothing to mend" in result.stdout
