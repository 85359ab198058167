"""A store on disk is built whole or not at all, and read by many processes at once."""

import gc
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest

from sayso.errors import (
    BadRdf,
    BadSyntax,
    BrokenStore,
    BusyStore,
    ForeignStore,
    NoStore,
    SaysoError,
    StoreFailed,
)
from sayso.paths import DataFolder
from sayso.store import ClaimStore, RdfStore, disk, load
from sayso.store.disk import NOTE, build, hold, note, of_folder, of_rdf, opened
from sayso.store.rdf import load_rdf, rdf_files

TRIAL = DataFolder(Path(__file__).parent / "trial")
COURT = """@prefix w: <https://wonderland.example/> .
w:court { w:knave w:accusedOf w:theft . _:witness w:name "Hatter" }
w:tea { w:hatter w:invited w:alice . w:knave w:accusedOf w:theft }
w:hatter w:wears w:hat .
"""


@pytest.fixture
def court(tmp_path: Path) -> Path:
    path = tmp_path / "court.trig"
    path.write_text(COURT, encoding="utf-8")
    return path


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "store"


def read(place: Path) -> RdfStore:
    return opened(place, note(place))  # held it would stay held as long as these tests run


def files(place: Path) -> set[str]:
    return {path.name for path in place.iterdir()}


def test_a_folder_on_disk_is_what_it_is_in_memory(place: Path) -> None:
    build(place, of_folder(TRIAL))
    found, meant = read(place), load(TRIAL)
    assert isinstance(found, ClaimStore)
    assert set(found.queryable) == set(meant.queryable)
    assert len(found.store) > 1000
    assert (found.version, found.base, found.prefixes) == (
        meant.version,
        meant.base,
        meant.prefixes,
    )


def test_rdf_on_disk_is_what_it_is_in_memory(place: Path, court: Path) -> None:
    given = rdf_files([str(court)])
    build(place, of_rdf(given))
    found, meant = read(place), load_rdf(given)
    assert not isinstance(found, ClaimStore)
    assert (found.size, found.graphs) == (meant.size, meant.graphs) == (4, 2)
    assert len(found.store) == len(meant.store) == 4
    assert (found.version, found.prefixes) == (meant.version, meant.prefixes)
    # A blank node is the same one in its graph and in the union.
    same = "ASK { ?x <https://wonderland.example/name> ?n GRAPH ?g { ?x ?p ?n } }"
    assert bool(found.queryable.query(same))


def test_what_is_read_cannot_be_written(place: Path, court: Path) -> None:
    build(place, of_rdf(rdf_files([str(court)])))
    store = read(place).queryable
    before = set(store)
    with pytest.raises(RuntimeError, match="only possible on read-write"):
        store.update("CLEAR ALL")
    assert set(store) == before


def test_progress_is_told_in_bytes_and_then_in_quads(place: Path, court: Path) -> None:
    read_bytes: list[int] = []
    united: list[int] = []
    build(place, of_rdf(rdf_files([str(court)]), read_bytes.append), united.append)
    assert sum(read_bytes) == len(COURT.encode())
    assert sum(united) == 4
    read_bytes.clear()
    build(place, of_folder(TRIAL, read_bytes.append))
    assert sum(read_bytes) == sum(path.stat().st_size for path in TRIAL.files())


def test_a_new_version_takes_the_place_of_the_old_one(place: Path, court: Path) -> None:
    first = build(place, of_rdf(rdf_files([str(court)])))
    court.write_text(COURT + "w:queen w:likes w:tarts .", encoding="utf-8")
    second = build(place, of_rdf(rdf_files([str(court)])))
    assert first.version != second.version == note(place).version
    assert read(place).size == 5
    assert files(place) == {NOTE, second.folder}


def test_a_version_that_is_read_stays_until_its_readers_are_gone(place: Path, court: Path) -> None:
    given = rdf_files([str(court)])
    build(place, of_rdf(given))
    with reading(place) as reader:
        before = reader.folder
        second = build(place, of_rdf(given))
        assert files(place) == {NOTE, before, second.folder}
        assert reader.ask() == 4
    third = build(place, of_rdf(given))
    assert files(place) == {NOTE, third.folder}


class reading:  # noqa: N801 - used as a function
    """A process that holds a store, and opens it only when it is asked."""

    CODE = """
import sys
from pathlib import Path
from sayso.store.disk import hold, opened
place = Path(sys.argv[1])
held = hold(place)
print(held.folder, flush=True)
for line in sys.stdin:
    print(opened(place, held).size, flush=True)
"""

    def __init__(self, place: Path) -> None:
        command = [sys.executable, "-c", self.CODE, str(place)]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)

    def __enter__(self) -> "reading":
        assert self.process.stdout is not None
        self.folder = self.process.stdout.readline().strip()
        return self

    def ask(self) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def __exit__(self, *given: object) -> None:
        self.process.communicate(timeout=20)


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        (lambda path: path.write_text("<urn:a> tea .", encoding="utf-8"), BadRdf),
        (lambda path: path.unlink(), SaysoError),
    ],
    ids=["broken", "gone"],
)
def test_what_cannot_be_read_leaves_the_store_as_it_was(
    place: Path, court: Path, spoil: Callable[[Path], object], kind: type[SaysoError]
) -> None:
    given = rdf_files([str(court)])
    made = build(place, of_rdf(given))
    spoil(court)
    with pytest.raises(kind):
        build(place, of_rdf(given))
    assert files(place) == {NOTE, made.folder}
    assert read(place).size == 4


def test_a_folder_with_a_broken_record_is_told_with_its_place(
    place: Path, wonderland: DataFolder
) -> None:
    record = wonderland.records()[0]
    record.write_text(record.read_text(encoding="utf-8") + "\n<> tea .\n", encoding="utf-8")
    with pytest.raises(BadSyntax, match=rf"{record.name}:\d+:\d+: this is not Turtle"):
        build(place, of_folder(wonderland))
    assert files(place) == set()


def test_a_builder_that_is_killed_leaves_the_store_as_it_was(place: Path, court: Path) -> None:
    made = build(place, of_rdf(rdf_files([str(court)])))
    code = """
import sys, time
from pathlib import Path
from sayso.store.disk import build, Note
def fill(store):
    print("filling", flush=True)
    time.sleep(600)
build(Path(sys.argv[1]), fill)
"""
    command = [sys.executable, "-c", code, str(place)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "filling\n"
        with pytest.raises(BusyStore, match="another `sayso load` is writing"):
            build(place, of_rdf(rdf_files([str(court)])))
        process.kill()
    assert len(files(place)) == 3
    assert note(place) == made
    assert read(place).size == 4
    again = build(place, of_rdf(rdf_files([str(court)])))
    assert files(place) == {NOTE, again.folder}


@pytest.mark.parametrize("content", ["file", "folder", "database"])
def test_what_is_no_store_is_not_overwritten(place: Path, court: Path, content: str) -> None:
    if content == "file":
        place.write_text("tea", encoding="utf-8")
    elif content == "database":
        ox.Store(str(place)).flush()
    else:
        (place / "tea").mkdir(parents=True)
    before = files(place) if place.is_dir() else place.read_text(encoding="utf-8")
    with pytest.raises(ForeignStore, match="was not made by `sayso load`"):
        build(place, of_rdf(rdf_files([str(court)])))
    after = files(place) if place.is_dir() else place.read_text(encoding="utf-8")
    assert before == after


def test_where_nothing_can_be_written_it_is_one_sentence(tmp_path: Path, court: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreFailed, match="the store cannot be written"):
        build(tmp_path / "file" / "store", of_rdf(rdf_files([str(court)])))


def test_a_full_disk_leaves_the_store_as_it_was(
    place: Path, court: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = build(place, of_rdf(rdf_files([str(court)])))

    def full(*given: object) -> None:
        raise OSError(28, "No space left on device")

    for step in ("unite_on_disk", "publish"):
        with monkeypatch.context() as patch:
            patch.setattr(disk, step, full)
            with pytest.raises(StoreFailed, match=r"\(No space left on device\)"):
                build(place, of_rdf(rdf_files([str(court)])))
        assert note(place) == made
        assert read(place).size == 4
    build(place, of_rdf(rdf_files([str(court)])))
    assert len(files(place)) == 2


def test_what_is_no_store_cannot_be_opened(place: Path, court: Path) -> None:
    with pytest.raises(NoStore, match="there is no store here; make one with `sayso load"):
        hold(place)
    place.mkdir()
    with pytest.raises(NoStore):
        hold(place)
    made = build(place, of_rdf(rdf_files([str(court)])))
    for spoilt in ("tea", "{}", json.dumps({"version": "1", "prefixes": {}, "form": 99})):
        (place / NOTE).write_text(spoilt, encoding="utf-8")
        with pytest.raises(BrokenStore, match="make it anew"):
            hold(place)
    (place / NOTE).write_text(
        json.dumps({"version": "1", "prefixes": {}, "folder": "gone"}), encoding="utf-8"
    )
    with pytest.raises(BrokenStore, match="its files are gone"):
        hold(place)
    with pytest.raises(BrokenStore):
        opened(place, made.__class__("1", {}, folder="gone"))


def test_processes_share_a_store_and_the_death_of_one_is_nothing_to_the_others(
    place: Path, court: Path
) -> None:
    held = build(place, of_rdf(rdf_files([str(court)])))
    product = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(30))
    endless = f"SELECT (COUNT(*) AS ?n) {{ {product} }}"
    busy = forked(lambda: opened(place, held).queryable.query(endless))
    time.sleep(0.3)
    assert ended(forked(lambda: opened(place, held).size)) == 4
    assert os.waitpid(busy, os.WNOHANG) == (0, 0)
    os.kill(busy, signal.SIGKILL)
    assert ended(busy) == -signal.SIGKILL
    assert ended(forked(lambda: opened(place, held).size)) == 4


def forked(work: Callable[[], object]) -> int:
    """Do work in a process that ends with what it returns, or with 99."""
    pid = os.fork()
    if not pid:
        gc.disable()  # a store that the parent has open cannot be closed here
        code = 99
        with suppress(Exception):
            code = int(str(work()))
        os._exit(code)
    return pid


def ended(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
