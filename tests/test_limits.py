"""The limits: each ends the work truthfully, and what is whole is never in doubt."""

import http.client
import json
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from front_server import ENDLESS_PATH, SOON, Server, alive, running, until


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("limits")
    with running(folder, memory=80 << 20, answer=50 << 20) as started:
        yield started


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start a server with a single worker."""
    folder = tmp_path_factory.mktemp("alone")
    with running(folder, workers=1, most_workers=1, deadline=60.0) as started:
        yield started


@pytest.fixture(scope="module")
def hasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start a server that does not wait long for what clients send."""
    folder = tmp_path_factory.mktemp("hasty")
    with running(folder, workers=1, most_workers=1, arrival=1.0, idle=1.0) as started:
        yield started


def workers(server: Server) -> set[int]:
    return server.descendants() - {server.holder()}


def _yielding(server: Server) -> set[int]:
    """Find the workers that compute only where no other work wants the core."""
    found = set()
    for pid in workers(server):
        with suppress(ProcessLookupError):  # it has ended since it was listed
            if os.sched_getscheduler(pid) == os.SCHED_IDLE:
                found.add(pid)
    return found


@contextmanager
def connected(server: Server, count: int) -> Iterator[list[socket.socket]]:
    """Open connections until the block ends."""
    with ExitStack() as stack:
        place = ("127.0.0.1", server.port)
        yield [
            stack.enter_context(socket.create_connection(place, timeout=SOON)) for _ in range(count)
        ]


def _replaced(server: Server, before: set[int]) -> None:
    """Wait until a worker has ended, and another is there in its place."""
    until(lambda: not all(map(alive, before)))
    until(lambda: len(workers(server)) >= 4 and server.health()["workers"] == len(workers(server)))


def test_a_deadline_ends_the_work_and_says_so(server: Server) -> None:
    before = workers(server)
    start = time.monotonic()
    status, headers, body = server.ask(ENDLESS_PATH + "&timeout=0.5")
    # The server's own deadline comes at 20 s: a busy machine is not that late.
    assert 0.5 <= time.monotonic() - start < 15
    assert status == 503
    assert headers["content-type"] == "application/problem+json"
    assert int(headers["retry-after"]) > 0
    assert "0.5 s" in json.loads(body)["detail"]
    _replaced(server, before)
    server.logged("/sparql", status=503, outcome="timeout")


def test_a_deadline_in_the_body_of_a_form_counts_too(server: Server) -> None:
    form = "application/x-www-form-urlencoded"
    path = "/stream?kib=0&then=wait"
    assert server.ask(path, "POST", b"timeout=0.3", Content_Type=form)[0] == 503


@pytest.mark.parametrize("wish", ["-1", "0", "nan", "inf", "x", "1e9", ""])
def test_a_deadline_that_is_none_changes_nothing(server: Server, wish: str) -> None:
    assert server.ask(f"/version?wait=0.1&timeout={wish}")[2] == b"first"


def test_a_client_that_leaves_ends_the_work(server: Server) -> None:
    before = workers(server)
    with socket.create_connection(("127.0.0.1", server.port)) as client:
        client.sendall(f"GET {ENDLESS_PATH} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        server.at_work(1)
    _replaced(server, before)
    server.logged("/sparql", outcome="client-gone")


def test_a_client_that_leaves_in_the_middle_of_a_stream_ends_it(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as client:
        client.sendall(b"GET /stream?kib=40000 HTTP/1.1\r\nHost: x\r\n\r\n")
        client.recv(1000)
    server.at_work(0)
    server.logged("/stream", outcome="client-gone", status=0)


BROKEN = {
    "the deadline": "/stream?kib=200&then=wait&timeout=0.5",
    "a crash": "/stream?kib=200&then=abort",
    "an error": "/stream?kib=200&then=raise",
    "the bound on answers": "/stream?kib=60000",
}


def _with_http_client(url: str) -> None:
    host, _, path = url.removeprefix("http://").partition("/")
    with closing(http.client.HTTPConnection(host, timeout=SOON)) as connection:
        connection.request("GET", f"/{path}")
        answer = connection.getresponse()
        assert answer.status == 200
        with pytest.raises((http.client.HTTPException, OSError)):
            answer.read()


def _with_httpx(url: str) -> None:
    with pytest.raises(httpx.TransportError):
        httpx.get(url, timeout=SOON)


def _with_curl(url: str) -> None:
    done = subprocess.run(["curl", "-sS", url], capture_output=True, timeout=SOON, check=False)
    assert done.returncode != 0
    assert done.stdout.startswith(b"x" * 1000)


def _with_old_curl(url: str) -> None:
    done = subprocess.run(["curl", "-sS0", url], capture_output=True, timeout=SOON, check=False)
    assert done.returncode != 0


@pytest.mark.parametrize("reader", [_with_http_client, _with_httpx, _with_curl, _with_old_curl])
@pytest.mark.parametrize("path", BROKEN.values(), ids=BROKEN)
def test_a_broken_stream_is_an_error_to_its_reader(
    server: Server, path: str, reader: Callable[[str], None]
) -> None:
    reader(f"http://127.0.0.1:{server.port}{path}")
    server.at_work(0)


def test_too_much_memory_ends_the_work_and_says_so(server: Server) -> None:
    status, headers, body = server.ask("/grow?mib=400&gate=shut")
    assert status == 507
    assert headers["content-type"] == "application/problem+json"
    assert "memory" in json.loads(body)["detail"]
    assert server.ask("/grow?mib=30&wait=0.2")[2] == b"30"


def test_all_together_are_bounded_and_the_largest_gives_way(tmp_path: Path) -> None:
    with running(tmp_path / "s", memory=400 << 20, together=200 << 20, deadline=60.0) as server:
        answers: dict[int, tuple[int, bytes]] = {}

        def ask(mib: int) -> None:
            status, _, body = server.ask(f"/grow?mib={mib}&gate=ended")
            answers[mib] = status, body

        asking = {mib: threading.Thread(target=ask, args=(mib,)) for mib in (20, 40, 220)}
        for thread in asking.values():
            thread.start()
        asking[220].join()
        assert list(answers) == [220], "the others are at work"
        server.open_gate("ended")
        for thread in asking.values():
            thread.join()
        assert answers[20] == (200, b"20")
        assert answers[40] == (200, b"40")
        assert answers[220][0] == 503
        assert "together" in json.loads(answers[220][1])["detail"]
        assert server.metric('sayso_requests_total{outcome="ended-together"}') == 1


def test_the_engine_is_bounded_too(server: Server) -> None:
    query = "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?g ?d ?a"
    assert server.ask(f"/sparql?{httpx.QueryParams(query=query)}")[0] == 507


def test_an_answer_too_long_is_refused_where_its_length_is_known_in_time(tmp_path: Path) -> None:
    with running(tmp_path / "s", answer=10_000) as server:
        status, headers, _ = server.ask("/stream?kib=11")
        assert (status, headers["content-type"]) == (413, "application/problem+json")
        server.logged("/stream", status=413, outcome="too-large")
        assert server.ask("/stream?kib=9")[0] == 200
        server.logged("/stream", status=200, outcome="ok")


def test_a_crash_is_told_and_mended(server: Server) -> None:
    for _ in range(3):
        status, headers, _ = server.ask("/stream?kib=1&then=abort")
        assert (status, headers["content-type"]) == (500, "application/problem+json")
    assert server.ask("/version")[2] == b"first"
    until(lambda: server.health()["workers"] == 4)


def test_an_error_of_the_application_shows_nothing_of_it(server: Server) -> None:
    status, headers, body = server.ask("/stream?kib=1&then=raise")
    assert (status, headers["content-type"]) == (500, "application/problem+json")
    assert b"spoilt" not in body
    assert b"Traceback" not in body


def test_a_head_request_ends_without_a_body_too(server: Server) -> None:
    request = b"HEAD /stream?kib=0&then=wait&timeout=0.2 HTTP/1.1\r\nHost: x\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=SOON) as client:
        client.sendall(request)
        received = b""
        while data := client.recv(65_536):
            received += data
    assert received.startswith(b"HTTP/1.1 503 ")
    assert received.endswith(b"\r\n\r\n")


def test_when_too_many_wait_the_next_is_sent_away(tmp_path: Path) -> None:
    with running(tmp_path / "s", workers=2, most_workers=2, queue=3, deadline=60.0) as server:
        statuses = list[int]()
        threads = [
            threading.Thread(target=lambda: statuses.append(server.ask("/version?gate=open")[0]))
            for _ in range(5)
        ]
        for number, thread in enumerate(threads):
            thread.start()
            until(lambda: _in_hand(server) == number + 1)  # noqa: B023
        status, headers, _ = server.ask("/version")
        assert (status, headers["retry-after"] != "") == (503, True)
        assert not statuses, "it was sent away at once"
        server.open_gate("open")
        for thread in threads:
            thread.join()
        assert statuses == [200] * 5
        assert server.ask("/version")[2] == b"first"


def _in_hand(server: Server) -> int:
    told = server.health()
    return int(str(told["busy"])) + int(str(told["waiting"]))


def test_who_waits_for_a_worker_until_the_deadline_is_sent_away(alone: Server) -> None:
    told = list[int]()
    path = "/version?gate=open"
    first = threading.Thread(target=lambda: told.append(alone.ask(path)[0]))
    first.start()
    alone.at_work(1)
    assert alone.ask("/version?timeout=0.3")[0] == 503
    alone.logged("/version", status=503, outcome="busy")
    assert not told, "the worker was not free meanwhile"
    alone.open_gate("open")
    first.join()
    assert told == [200]


def test_more_workers_come_while_long_requests_run_and_go_again(tmp_path: Path) -> None:
    with running(tmp_path / "s", workers=2, most_workers=8, deadline=60.0) as server:
        with connected(server, 5) as clients:
            for client in clients:
                client.sendall(f"GET {ENDLESS_PATH} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            server.at_work(5)
            assert server.ask("/version")[2] == b"first"
            until(lambda: len(_yielding(server)) == 5)
        server.at_work(0)
        assert server.ask("/version")[2] == b"first"


def test_a_slowed_worker_is_replaced(alone: Server) -> None:
    first = alone.ask("/pid")[2]
    alone.ask("/version?wait=0.6")
    assert alone.ask("/pid")[2] == first, "it only waited"
    alone.ask("/burn?seconds=0.6")
    until(lambda: alone.ask("/pid")[2] != first)
    assert os.sched_getscheduler(int(alone.ask("/pid")[2])) == os.SCHED_OTHER


def test_health_answers_when_all_workers_are_busy(alone: Server) -> None:
    with socket.create_connection(("127.0.0.1", alone.port)) as client:
        client.sendall(f"GET {ENDLESS_PATH} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        alone.at_work(1)
        for _ in range(3):
            assert alone.metric("sayso_busy") == 1
    assert alone.ask("/version")[2] == b"first"


def test_a_slow_sender_costs_no_worker_and_is_sent_away(hasty: Server) -> None:
    with connected(hasty, 20) as clients:
        for client in clients:
            client.sendall(b"GET /version HT")
        assert hasty.ask("/version")[2] == b"first"
        for client in clients:
            assert client.recv(1000).startswith(b"HTTP/1.1 408 ")


def test_an_idle_connection_is_closed(hasty: Server) -> None:
    with connected(hasty, 1) as (client,):
        client.sendall(b"GET /version HTTP/1.1\r\nHost: x\r\n\r\n")
        assert client.recv(1000).endswith(b"first")
        assert client.recv(1000) == b""


def test_connections_are_bounded_and_the_idle_ones_give_way(tmp_path: Path) -> None:
    with running(tmp_path / "s", connections=20) as server, connected(server, 60):
        assert server.ask("/version")[2] == b"first"
        assert server.open_files() < 60


def _read_all(client: socket.socket) -> None:
    while client.recv(65_536):
        pass


def test_a_slow_reader_is_cut_off_at_the_deadline(server: Server) -> None:
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(SOON)
        client.connect(("127.0.0.1", server.port))
        client.sendall(b"GET /stream?kib=40000&timeout=1 HTTP/1.1\r\nHost: x\r\n\r\n")
        assert client.recv(1000).startswith(b"HTTP/1.1 200 ")
        server.logged("/stream", outcome="timeout", status=0)
        server.at_work(0)
        with pytest.raises(ConnectionResetError):
            _read_all(client)


def test_nothing_is_left_behind_by_a_thousand_killed_requests(tmp_path: Path) -> None:
    with running(tmp_path / "s", workers=4, most_workers=12) as server:
        server.ask("/version")
        files, processes = server.open_files(), len(server.descendants())
        statuses = list[int]()

        def client() -> None:
            for _ in range(125):
                statuses.append(server.ask(f"{ENDLESS_PATH}&timeout=0.01")[0])

        threads = [threading.Thread(target=client) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert statuses == [503] * 1000
        server.at_work(0)
        until(lambda: int(str(server.health()["workers"])) <= 12)
        until(lambda: len(server.descendants()) <= processes + 8)
        assert all(map(alive, server.descendants())), "a zombie"
        extra = 2 * (len(server.descendants()) - processes)
        until(lambda: server.open_files() <= files + extra + 1)
        assert server.ask("/version")[2] == b"first"


def _resident(pid: int) -> int:
    text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(text.partition("VmHWM:")[2].split()[0]) * 1024


def test_a_million_rows_grow_nothing(tmp_path: Path) -> None:
    with running(tmp_path / "s", workers=1, most_workers=1, long=SOON) as server:
        pids = [server.process.pid, *workers(server)]
        before = [_resident(pid) for pid in pids]
        query = "SELECT ?a ?c { ?a ?b ?c . ?d ?e ?f }"
        rows = 0
        url = f"http://127.0.0.1:{server.port}/sparql"
        with httpx.stream("GET", url, params={"query": query}, timeout=SOON) as answer:
            for piece in answer.iter_bytes():
                rows += piece.count(b"\n")
        assert rows == 1_000_001
        assert [pid for pid in pids if alive(pid)] == pids
        grown = [_resident(pid) - size for pid, size in zip(pids, before, strict=True)]
        assert max(grown) < 40 << 20, grown


def test_cheap_queries_go_past_endless_ones(tmp_path: Path) -> None:
    """How long each takes, ``bench.endpoint`` measures."""
    with running(tmp_path / "s", workers=6, most_workers=12, cache=0, deadline=60.0) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=SOON)
        with connected(server, 2) as clients:
            for client in clients:
                client.sendall(f"GET {ENDLESS_PATH} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            server.at_work(2)
            until(lambda: len(_yielding(server)) == 2)
            endless = _yielding(server)
            for number in range(500):
                connection.request("GET", f"/sparql?query=SELECT?p?o{{<urn:x:{number}>?p?o}}")
                assert connection.getresponse().read().startswith(b"p,o")
            assert _yielding(server) == endless, "both are still at work, and only they give way"
        connection.close()


def test_a_worker_killed_from_outside_is_told_and_replaced(server: Server) -> None:
    told = list[int]()
    thread = threading.Thread(target=lambda: told.append(server.ask(ENDLESS_PATH)[0]))
    before = workers(server)
    thread.start()
    server.at_work(1)
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    thread.join()
    assert told == [500]
    until(lambda: len(workers(server)) == 4 and not workers(server) & before)
    assert server.ask("/version")[2] == b"first"
