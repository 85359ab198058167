"""The first requests are answered before all is loaded, and those that need all of it wait."""

import http.client
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from bench.generate import Plan, write_folder
from front_server import SOON, Server, alive, running, until
from sayso.analysis.derived import load_derived
from sayso.analysis.kept import load_again
from sayso.cli.serving import load_folder
from sayso.endpoint.evaluation import Evaluator
from sayso.endpoint.generation import Loaded
from sayso.endpoint.protocol import Query
from sayso.paths import DataFolder
from sayso.store import ClaimStore, load
from sayso.store.union import Union, UnionAwaited

TRIAL = DataFolder(Path(__file__).parent / "trial")
BOTH = "SELECT ?g { ?claim a sayso:Claim . GRAPH ?g { ?claim a sayso:Claim } }"
CSV = "text/csv"


@contextmanager
def half_loaded(folder: Path, **limits: object) -> Iterator[Server]:
    """Run a server whose rest waits for the gate ``whole``."""
    folder.mkdir()
    (folder / "rest").touch()
    with running(folder, **limits) as server:
        yield server


def asked(server: Server, path: str, told: list[bytes], body: bytes | None = None) -> None:
    method = "POST" if body else "GET"
    told.append(server.ask(path, method, body, connection="close")[2])


def workers(server: Server) -> set[int]:
    return {pid for pid in server.descendants() if pid != server.holder()}


def test_what_needs_the_rest_waits_for_it_and_nothing_else_does(tmp_path: Path) -> None:
    with half_loaded(tmp_path / "s") as server:
        before, told = workers(server), list[bytes]()
        waiting = [
            threading.Thread(target=asked, args=(server, "/rest", told, body), daemon=True)
            for body in (None, b" and sent")
        ]
        for thread in waiting:
            thread.start()
        server.at_work(2)
        for _ in range(20):
            assert server.ask("/version")[2] == b"first"
        assert not told
        assert workers(server) == before
        server.open_gate("whole")
        for thread in waiting:
            thread.join(SOON)
        assert sorted(told) == [b"whole", b"whole and sent"]
        until(lambda: not any(map(alive, before)))
        until(lambda: server.health()["workers"] == 4)
        assert server.ask("/rest")[2] == b"whole"
        assert server.metric("sayso_workers_killed_total") == 0
        assert server.metric("sayso_reloads_total") == 0


def test_no_request_is_lost_when_workers_take_the_place_of_others(tmp_path: Path) -> None:
    with half_loaded(tmp_path / "s") as server:
        before = workers(server)
        server.open_gate("whole")
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=SOON)
        answers = 0
        end = time.monotonic() + SOON
        while any(map(alive, before)) or answers < 100:
            assert time.monotonic() < end
            connection.request("GET", "/version")
            assert connection.getresponse().read() == b"first"
            answers += 1
        connection.close()


def test_a_later_version_is_served_when_all_of_it_is_loaded(tmp_path: Path) -> None:
    with half_loaded(tmp_path / "s") as server:
        server.open_gate("whole")
        until(lambda: server.ask("/rest")[2] == b"whole")
        for name in ("whole", "begun"):
            (server.folder / name).unlink()
        server.set_version("second")
        server.process.send_signal(signal.SIGHUP)
        until((server.folder / "begun").exists)
        assert server.ask("/version")[2] == b"first"
        server.open_gate("whole")
        assert server.told() == "second"
        assert server.ask("/rest")[2] == b"whole"


def test_an_answer_that_had_begun_is_broken_off(tmp_path: Path) -> None:
    with half_loaded(tmp_path / "s") as server:
        failed = list[BaseException]()

        def ask() -> None:
            try:
                server.ask("/rest?kib=200")
            except (OSError, http.client.HTTPException) as error:
                failed.append(error)

        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        server.at_work(1)
        server.open_gate("whole")
        thread.join(SOON)
        (error,) = failed
        assert isinstance(error, ConnectionResetError)


def test_a_request_that_waits_too_long_is_told_so(tmp_path: Path) -> None:
    with half_loaded(tmp_path / "s", deadline=0.5) as server:
        status, _, content = server.ask("/rest")
        assert status == 503
        assert b"0.5 s" in content
        server.open_gate("whole")
        until(lambda: server.ask("/rest")[2] == b"whole")


def test_a_process_that_dies_over_the_rest_is_started_anew(tmp_path: Path) -> None:
    with half_loaded(tmp_path / "s") as server:
        server.open_gate("whole")
        os.kill(server.holder(), signal.SIGKILL)
        assert server.told() == "first"
        until(lambda: server.ask("/rest")[2] == b"whole")


def left(claims: ClaimStore) -> ClaimStore:
    assert claims.union is not None
    assert not claims.union.written
    return replace(claims, union=replace(claims.union, left=True))


def triples(store: ox.Store) -> set[ox.Triple]:
    return {quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())}


@pytest.fixture(scope="module")
def claims() -> ClaimStore:
    return load_again(TRIAL, None)[0]


def test_the_union_is_written_when_it_is_wanted() -> None:
    claims = load(TRIAL)
    assert not triples(claims.engine)
    assert triples(claims.queryable) == {quad.triple for quad in claims.store}
    assert claims.queryable is claims.engine
    assert len(triples(claims.engine)) == claims.size


def test_what_is_asked_of_the_default_graph_does_without(claims: ClaimStore) -> None:
    asked = Evaluator.of(left(claims))
    assert b"c1" in asked.answer(Query("SELECT ?claim { ?claim a sayso:Claim }"), CSV).body
    graph = next(iter(claims.engine.named_graphs())).value
    assert asked.answer(Query("SELECT * { ?s ?p ?o }", (graph,)), CSV).body.count(b"\n") > 1
    with pytest.raises(UnionAwaited):
        asked.answer(Query(BOTH), CSV)


def test_a_query_over_both_has_each_row_once() -> None:
    claims = load_again(TRIAL, None)[0]
    number = len(list(claims.store.quads_for_pattern(None, None, None)))
    query = Query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o . GRAPH ?g { ?s ?p ?o } }")
    assert Evaluator.of(claims).answer(query, CSV).body.split() == [b"n", str(number).encode()]


def test_it_is_all_the_same_as_when_nothing_is_left(tmp_path: Path) -> None:
    write_folder(Plan(articles=6), tmp_path)
    early, whole = load_again(DataFolder(tmp_path), None)[0], load_derived(DataFolder(tmp_path))
    assert set(early.queryable) == set(whole.queryable)
    assert early.version == whole.version


@pytest.fixture
def untried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the start page ask no questions, some of which need the union."""
    for name in ("_FITTED", "_TRIED"):
        monkeypatch.setattr(f"sayso.web.offer.{name}", 1000)


@pytest.fixture
def large(untried: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.cli.serving._LARGE", 1000)


def served(token: str | None = None) -> Loaded:
    return load_folder(str(TRIAL.root), check=False, most_rows=0, token=token)


@pytest.mark.usefixtures("large")
def test_the_union_of_a_large_graph_is_left() -> None:
    found = served()
    assert isinstance(found.rest, Union)
    assert not triples(found.rest.store)


@pytest.mark.usefixtures("large")
def test_a_server_that_writes_leaves_nothing(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("a-token-that-is-long-enough-to-be-one", encoding="utf-8")
    token.chmod(0o600)
    assert served(str(token)).rest is None


@pytest.mark.usefixtures("untried")
def test_of_a_small_graph_nothing_is_left() -> None:
    assert served().rest is None
