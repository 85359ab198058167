"""File by file, with what each looks at in others, a check finds what it finds in all at once."""

import os
import re
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, replace
from errno import ENOSPC
from functools import partial
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import NoReturn

import pyoxigraph as ox
import pytest

from bench.generate import Plan, write_folder
from sayso.paths import DataFolder
from sayso.text.dates import days
from sayso.validation import cores, tables
from sayso.validation import spill as spill_module
from sayso.validation.cache import Cache
from sayso.validation.check import Asked, How, Outcome
from sayso.validation.cores import aside, on_all_cores
from sayso.validation.engine import Engine
from sayso.validation.entries import Entry, Kind
from sayso.validation.parts import Checker, Part
from sayso.validation.results import Result
from sayso.validation.spill import Packed, Spilled, spilling
from spoiling import WAYS, spoil_database

BASE = "https://wonderland.example/"
SAYSO = "https://w3id.org/sayso/ns#"
Edit = Callable[[DataFolder], None]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """Make three stories of articles that retell each other."""
    return write_folder(Plan(17, 14), tmp_path_factory.mktemp("parts") / "graph")


@pytest.fixture
def folder(written: DataFolder, tmp_path: Path) -> DataFolder:
    return DataFolder(Path(shutil.copytree(written.root, tmp_path / "graph")))


@dataclass(frozen=True)
class Known:
    """A folder that was checked by parts, where that is kept, and what was told of it."""

    folder: DataFolder
    cache: Cache
    told: tuple[Hashable, ...]


@pytest.fixture(scope="module")
def checked(written: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Known:
    """Check the folder once for all changes."""
    room = tmp_path_factory.mktemp("checked")
    folder = DataFolder(Path(shutil.copytree(written.root, room / "graph")))
    cache = Cache(room / "cache" / "check.sqlite")
    return Known(folder, cache, told(by_parts(folder, cache)))


@pytest.fixture
def known(written: DataFolder, checked: Known) -> Iterator[Known]:
    """Take back afterwards what a test has changed."""
    yield checked
    for path in written.root.rglob("*.ttl"):
        place = checked.folder.root / path.relative_to(written.root)
        if not place.exists() or place.read_bytes() != path.read_bytes():
            place.write_bytes(path.read_bytes())


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache" / "check.sqlite")


def by_parts(folder: DataFolder, cache: Cache) -> Outcome | None:
    return Asked.of(folder, (), days, How(cache=cache)).by_parts()


def at_once(folder: DataFolder, engine: Engine = Engine.AUTO) -> Outcome:
    return Asked.of(folder, (), days, How(engine)).at_once()


def told(outcome: Outcome | None) -> tuple[Hashable, ...]:
    """Return all that an outcome says, in a form to compare."""
    assert outcome is not None
    claims = tuple(outcome.claims.items())
    results = tuple(sorted(str(_named(each)) for each in outcome.report.results))
    return tuple(outcome.findings), tuple(outcome.beyond_shacl), claims, results


def _named(result: Result) -> Result:
    """Leave out names that each report and each reading of shapes gives anew."""
    path, shape = (
        None if isinstance(each, ox.BlankNode) else each for each in (result.path, result.shape)
    )
    return replace(result, path=path, shape=shape)


def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """List the files that are checked from here on."""
    names: list[str] = []
    outcomes = Checker.outcomes

    def counted(checker: Checker, part: Part) -> dict[int, bytes | None] | None:
        names.extend(source.path.stem for source in part.files.values())
        return outcomes(checker, part)

    monkeypatch.setattr(Checker, "outcomes", counted)
    monkeypatch.setattr(cores, "_cores", lambda: 1)  # other processes would list for themselves
    return names


def number(folder: DataFolder, article: int) -> Path:
    (found,) = folder.articles.glob(f"*-article-{article}.ttl")
    return found


def add(path: Path, text: str) -> None:
    path.write_text(f"{path.read_text('utf-8')}\n{text}\n", "utf-8")


def change(path: Path, pattern: str, by: str, count: int = 1) -> None:
    text, changed = re.subn(pattern, by, path.read_text("utf-8"), count=count)
    assert changed
    path.write_text(text, "utf-8")


# ---------------------------------------------------------------- what crosses from file to file


def claim(folder: DataFolder, article: int, name: str = "c1") -> str:
    return f"<{BASE}article/{number(folder, article).stem}#{name}>"


def said_late(folder: DataFolder) -> None:
    """What others retell from an original was said after all of them."""
    change(number(folder, 0), r"sayso:saidOn date:[^ ]+", "sayso:saidOn date:1899-01-01", 99)
    lines = 'sayso:edtf "1899-01-01"^^edtf:EDTF ; sayso:earliest "1899-01-01"^^xsd:date'
    date = f'date:1899-01-01 a sayso:Period ; {lines} ; sayso:latest "1899-01-01"^^xsd:date .'
    add(number(folder, 0), date)


def circle(folder: DataFolder) -> None:
    """Three articles rely on each other."""
    for one, other in ((3, 9), (9, 16), (16, 3)):
        add(number(folder, one), f"<#c1> sayso:relays {claim(folder, other)} .")


def circle_by_links(folder: DataFolder) -> None:
    links = folder.root / "graph" / "links.ttl"
    for one, other in ((3, 9), (9, 3)):
        add(links, f"{claim(folder, one)} <{SAYSO}relays> {claim(folder, other)} .")


def lost_claim(folder: DataFolder) -> None:
    """A claim that another article retells is no claim any more."""
    for name in ("c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"):
        change(
            number(folder, 0), rf"<#{name}>\n    a sayso:Claim", f"<#{name}>\n    a sayso:Claims"
        )


def gone(folder: DataFolder) -> None:
    number(folder, 4).unlink()


def two_dates(folder: DataFolder) -> None:
    """One date is described in two ways, in two articles of many that have it."""
    date = re.search(r"^date:(\S+)$", number(folder, 8).read_text("utf-8"), re.MULTILINE)
    assert date
    add(
        number(folder, 12), f'date:{date[1]} a sayso:Period ; sayso:latest "1860-01-01"^^xsd:date .'
    )


def two_subjects(folder: DataFolder) -> None:
    """A statement of one article is given another subject in an article of another story."""
    found = re.search(r"^(stmt:\S+)$", number(folder, 9).read_text("utf-8"), re.MULTILINE)
    assert found
    add(number(folder, 2), f"{found[1]} sayso:subject person:nobody-1 .")


def unclaimed(folder: DataFolder) -> None:
    """A statement is described in one article and claimed in another."""
    line = r"\n    sayso:states (stmt:\S+) ;"
    found = re.search(line, number(folder, 10).read_text("utf-8"))
    assert found
    add(number(folder, 1), f"{found[1]} a sayso:Statement .")
    add(number(folder, 1), "stmt:never-claimed-00000000 a sayso:Statement .")


def bare_fact(folder: DataFolder) -> None:
    """What an article claims, an article of another story says as a fact."""
    pattern = r"sayso:subject (\S+) ;\n +sayso:predicate (\S+) ;\n +sayso:object (\S+:\S+)"
    found = re.search(pattern, number(folder, 16).read_text("utf-8"))
    assert found
    add(number(folder, 5), f"{found[1]} {found[2]} {found[3]} .")


def strange_fact(folder: DataFolder) -> None:
    fact = "person:knave-1 <https://w3id.org/sayso/predicate/ordered> person:king-1 ."
    add(number(folder, 5), fact)


def others_source(folder: DataFolder) -> None:
    """An unnamed source of one article speaks in another."""
    name = re.search(r"<#(\S+)>\n    a sayso:UnnamedSource", number(folder, 8).read_text("utf-8"))
    assert name
    source = claim(folder, 8, name[1])
    change(number(folder, 2), r"sayso:claimant \S+", f"sayso:claimant {source}")


def others_record(folder: DataFolder) -> None:
    """A claim says that it is part of another record."""
    other = f"<{BASE}article/{number(folder, 7).stem}>"
    change(number(folder, 2), r"(<#c3>\n +a sayso:Claim ;\n +dcterms:isPartOf) <>", rf"\1 {other}")


def nameless(folder: DataFolder) -> None:
    """Nobody describes a person of whom several articles speak."""
    people = folder.root / "graph" / "entities" / "people.ttl"
    blocks = people.read_text("utf-8").split("\n\n")
    people.write_text("\n\n".join([*blocks[:2], *blocks[4:]]), "utf-8")


def no_evidence(folder: DataFolder) -> None:
    """A claim rests on the evidence of who relays it, from another article."""
    change(number(folder, 0), r" ;\n    sayso:evidence <#c\d+-span>", "", 99)
    links = folder.root / "graph" / "links.ttl"
    add(links, f"{claim(folder, 1)} <{SAYSO}relays> {claim(folder, 0)} .")


def misspelt(folder: DataFolder) -> None:
    add(number(folder, 5), "<#c2> skos:editorialNote sayso:Nonsense .")
    change(number(folder, 6), r"ns/prov#", "ns/prow#")


def contradiction(folder: DataFolder) -> None:
    """Two claims of two articles that say the same are said to contradict each other."""
    statement = re.search(r"sayso:states (stmt:\S+)", number(folder, 0).read_text("utf-8"))
    assert statement
    for article in (0, 1):
        pattern = r"(<#c2>\n(?:    .*\n)*?    sayso:act) act:\S+"
        change(number(folder, article), pattern, r"\1 act:asserts")
        add(number(folder, article), f"<#c2> sayso:states {statement[1]} .")
    add(number(folder, 1), f"<#c2> sayso:contradicts {claim(folder, 0, 'c2')} .")


EDITS: dict[Edit, set[str]] = {
    said_late: {"claim-not-said-before-source"},
    circle: {"claim-no-cycle"},
    circle_by_links: {"claim-no-cycle"},
    lost_claim: {"claim-relays-claims"},
    gone: {"claim-relays-claims"},
    two_dates: {"period-latest-day"},
    two_subjects: {"statement-one-subject", "statement-subject-known"},
    unclaimed: {"statement-claimed"},
    bare_fact: {"no-bare-fact"},
    strange_fact: {"predicate-never-used"},
    others_source: {"unnamed-source-local"},
    others_record: {"claim-iri-in-record"},
    nameless: {"statement-subject-known"},
    no_evidence: {"claim-evidence-reachable"},
    misspelt: {"term-known", "prefix-namespace-known"},
    contradiction: {"claim-no-contradiction-at-same-stance"},
}


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_a_change_is_found_wherever_it_tells(
    edit: Edit, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cores, "_cores", lambda: 1)
    folder, cache = known.folder, known.cache
    kept = {path: path.read_bytes() for path in folder.root.rglob("*.ttl")}
    edit(folder)
    whole = at_once(folder)
    assert EDITS[edit] <= {each.code for each in whole.findings}
    changed, anew = by_parts(folder, cache), by_parts(folder, Cache(None))
    if changed is None:
        # Then all is checked at once, which nobody has to compare with itself.
        assert edit in (strange_fact, bare_fact, gone)
        assert anew is None
    else:
        assert told(changed) == told(anew) == told(whole)
    for path, content in kept.items():
        path.write_bytes(content)
    assert told(by_parts(folder, cache)) == known.told


def test_several_changes_at_once_are_found_as_the_reference_finds_them(
    folder: DataFolder, cache: Cache
) -> None:
    for edit in (said_late, circle, two_dates, two_subjects, unclaimed, others_source, misspelt):
        edit(folder)
    found = by_parts(folder, cache)
    assert found is not None
    reference = at_once(folder, Engine.PYSHACL)
    assert told(found)[:3] == told(reference)[:3]
    assert len({each.code for each in found.findings}) > 8


def test_the_real_graph_is_checked_by_parts(cache: Cache) -> None:
    found = by_parts(DataFolder(), cache)
    assert told(found) == told(at_once(DataFolder()))
    assert found is not None
    assert sum(found.claims.values()) > 400


# ---------------------------------------------------------------- what is checked again


def test_only_what_looks_at_the_changed_is_checked_again(
    folder: DataFolder, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_parts(folder, cache)
    names = looked_at(monkeypatch)
    by_parts(folder, cache)
    assert names == []
    add(number(folder, 13), "# no more than a word")
    by_parts(folder, cache)
    # The fourteenth article copies another, and nobody retells it.
    assert names == [number(folder, 13).stem]
    names.clear()
    add(number(folder, 12), "# no more than a word")
    by_parts(folder, cache)
    retelling = {number(folder, each).stem for each in (12, 13, 15)}
    assert set(names) == retelling


def test_a_fault_in_one_record_is_told_of_another_and_healed_there(
    folder: DataFolder, cache: Cache
) -> None:
    """The later article has the claim; the date is wrong in the earlier one, that it points to."""
    later = number(folder, 1)
    assert by_parts(folder, cache) is not None
    said_late(folder)
    found = by_parts(folder, cache)
    assert found is not None
    told_of = {each.focus for each in found.findings if each.path == later}
    assert f"{BASE}article/{later.stem}" in told_of
    change(number(folder, 0), "date:1899-01-01", "date:1865-01-01", 99)
    change(number(folder, 0), '"1899-01-01"', '"1865-01-01"', 99)
    healed = by_parts(folder, cache)
    assert healed is not None
    assert not [each for each in healed.findings if each.path == later]


def test_a_file_written_anew_at_the_same_time_and_size_is_read(
    folder: DataFolder, cache: Cache
) -> None:
    record = number(folder, 3)
    before = record.stat()
    assert by_parts(folder, cache) is not None
    change(record, "cert:certain", "cert:curtain")
    os.utime(record, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert record.stat().st_size == before.st_size
    found = by_parts(folder, cache)
    assert found is not None
    assert {each.code for each in found.findings} == {"claim-certainty-listed"}


def test_a_file_that_was_looked_at_long_after_it_was_written_is_trusted() -> None:
    entry = Entry(1, Kind.RECORD, "100 200 5 7", 10**12, b"")
    assert entry.is_sure_to_be("100 200 5 7")
    assert not entry.is_sure_to_be("100 200 6 7")
    assert not replace(entry, looked=200 + 10**9).is_sure_to_be("100 200 5 7")


@pytest.mark.parametrize("spoilt", [*WAYS, "busy"])
def test_an_index_that_cannot_be_used_is_none(
    spoilt: str, folder: DataFolder, cache: Cache
) -> None:
    add(number(folder, 3), "<#c1> sayso:certainty cert:sure .")
    expected = told(by_parts(folder, cache))
    path = cache.of_folder(folder.articles.resolve())
    assert path is not None
    assert path.is_file()
    other = None
    spoil_database(path, spoilt, kept=9000)
    if spoilt == "busy":
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
    assert told(by_parts(folder, cache)) == expected
    if other is not None:
        other.close()


def test_an_index_that_finds_no_more_room_is_none(
    folder: DataFolder, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    said_late(folder)
    with monkeypatch.context() as full:
        full.setattr(tables, "_SCHEMA", f"{tables._SCHEMA}PRAGMA max_page_count = 20;")
        assert by_parts(folder, cache) is None
    assert told(by_parts(folder, cache)) == told(at_once(folder))


# ---------------------------------------------------------------- what is not checked by parts


@pytest.mark.parametrize(
    ("rule", "near"),
    [
        ("sh:property [ sh:path sayso:basis ; sh:minCount 1 ]", True),
        ("sh:property [ sh:path sayso:basis ; sh:class sayso:Record ]", True),
        ("sh:or ( [ sh:class sayso:Record ] [ sh:nodeKind sh:IRI ] )", True),
        ("sh:property [ sh:path ( sayso:states sayso:subject ) ; sh:minCount 1 ]", False),
        ("sh:property [ sh:path [ sh:inversePath sayso:relays ] ; sh:maxCount 1 ]", False),
        (
            "sh:property [ sh:path sayso:states ; sh:property "
            "[ sh:path sayso:subject ; sh:maxCount 0 ] ]",
            False,
        ),
        ("sh:not [ sh:path sayso:basis ; sh:minCount 1 ]", False),
        ("sh:sparql [ sh:select 'SELECT $this WHERE { $this ?p ?o }' ]", False),
        ("sh:targetNode sayso:Claim", False),
    ],
)
def test_own_shapes_are_asked_of_all_at_once_where_they_look_far(
    rule: str, near: bool, folder: DataFolder
) -> None:
    shapes = folder.root / "shapes"
    shapes.mkdir()
    heads = (
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix own: <https://example.org/> .\n"
        f"@prefix sayso: <{SAYSO}> .\n"
    )
    target = "sh:targetClass sayso:Claim"
    (shapes / "own.ttl").write_text(
        f"{heads}own:rule a sh:NodeShape ; {target} ; {rule} .", "utf-8"
    )
    found = by_parts(folder, Cache(None))
    assert (found is not None) == near
    if near:
        assert told(found) == told(at_once(folder))


@pytest.mark.parametrize(
    "line",
    [
        "<#c1> sayso:states [ a sayso:Statement ] .",
        "sayso:Claim skos:editorialNote 'a word of the ontology'@en .",
        "person:knave-1 a sayso:Predicate .",
        f"<{BASE}article/another#c1> a sayso:Claim .",
    ],
)
def test_a_file_of_which_it_is_not_known_is_checked_with_all_others(
    line: str, folder: DataFolder, cache: Cache
) -> None:
    record = number(folder, 3)
    before = record.read_text("utf-8")
    add(record, line)
    assert by_parts(folder, cache) is None
    record.write_text(before, "utf-8")
    assert by_parts(folder, cache) is not None


# ---------------------------------------------------------------- processes


def test_work_is_shared_by_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "_cores", lambda: 3)
    monkeypatch.setattr(cores, "_may_fork", lambda: True)
    made = dict(on_all_cores(lambda item: (item * 2, os.getpid()), range(20)))
    assert {item: value for item, (value, _) in made.items()} == {n: n * 2 for n in range(20)}
    assert os.getpid() not in {process for _, process in made.values()}


@pytest.mark.parametrize("fault", ["raises", "dies"])
def test_a_process_that_fails_is_told(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "_cores", lambda: 2)
    monkeypatch.setattr(cores, "_may_fork", lambda: True)

    def make(item: int) -> float:
        if item == 3 and fault == "dies":
            os._exit(1)
        return 1 / (item - 3)

    with pytest.raises(RuntimeError, match="ZeroDivisionError" if fault == "raises" else "ended"):
        list(on_all_cores(make, range(8)))


def test_the_last_process_to_fail_leaves_none_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "_cores", lambda: 2)
    monkeypatch.setattr(cores, "_may_fork", lambda: True)

    def make(item: int) -> float:
        time.sleep(item / 5)  # until the other has no more to do
        return 1 / (item - 1)

    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        list(on_all_cores(make, range(2)))
    assert not active_children()


def test_what_is_loaded_aside_ends_with_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "_may_fork", lambda: True)
    loaded: list[int] = []

    def make() -> int:
        loaded.append(os.getpid())
        return os.getpid()

    assert aside(make) != os.getpid()
    assert not loaded


def test_whoever_waits_for_what_fails_aside_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its process has nothing more to do, and would wait for something without end."""
    monkeypatch.setattr(cores, "_may_fork", lambda: True)

    def wait() -> None:
        os.setsid()
        with pytest.raises(RuntimeError, match="ZeroDivisionError"):
            aside(lambda: 1 / 0)

    waiting = get_context("fork").Process(target=wait)
    waiting.start()
    waiting.join(20)
    if waiting.exitcode is None:
        os.killpg(waiting.pid or 0, signal.SIGKILL)  # with the process that it waits for
    assert waiting.exitcode == 0


# ---------------------------------------------------------------- what is kept out of memory


def test_what_is_spilled_is_read_by_every_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "_cores", lambda: 2)
    monkeypatch.setattr(cores, "_may_fork", lambda: True)
    with spilling() as spill:
        things = [{n: "x" * n} for n in range(40)]
        kept = [spill.put(Packed.of(each)) for each in things]
        assert all(isinstance(each, Spilled) for each in kept)
        read = on_all_cores(lambda n: kept[n].unpacked(), range(40))
        assert dict(read) == dict(enumerate(things))


def _refuse(*_: object, **__: object) -> NoReturn:
    raise OSError(ENOSPC, "No space left on device")


def _write_less(file: int, content: bytes, start: int, write: Callable[..., int]) -> int:
    return write(file, content[:3], start)


@pytest.mark.parametrize("write", [_refuse, partial(_write_less, write=os.pwrite)])
def test_what_finds_no_room_stays_in_memory(
    write: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with spilling() as spill:
        kept = [spill.put(Packed.of("first"))]
        with monkeypatch.context() as full:
            full.setattr(os, "pwrite", write)
            kept.append(spill.put(Packed.of("second")))
        kept.append(spill.put(Packed.of("third")))
        assert [type(each) for each in kept] == [Spilled, Packed, Spilled]
        assert [each.unpacked() for each in kept] == ["first", "second", "third"]


def test_where_no_file_can_be_made_a_folder_is_checked_all_the_same(
    folder: DataFolder, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    said_late(folder)
    monkeypatch.setattr(spill_module, "TemporaryFile", _refuse)
    assert told(by_parts(folder, cache)) == told(at_once(folder))
