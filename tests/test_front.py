"""The front: whole answers to the right requests, versions that do not mix, nothing left behind."""

import http.client
import json
import os
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from front_server import ENDLESS_PATH, SOON, Server, alive, running, until


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("front")) as started:
        yield started


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start a server with two workers and never more."""
    with running(tmp_path_factory.mktemp("pair"), workers=2, most_workers=2) as started:
        yield started


def raw(server: Server, request: bytes, half_close: bool = False) -> bytes:
    """Send bytes and read to the end."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=SOON) as client:
        client.sendall(request)
        if half_close:
            client.shutdown(socket.SHUT_WR)
        received = b""
        while data := client.recv(65_536):
            received += data
        return received


def test_a_request_reaches_the_application_whole(server: Server) -> None:
    status, headers, body = server.ask(
        "/echo?a=%C3%A9",
        "POST",
        b"\0tarts",
        Content_Type="text/plain",
        X_Knave="hearts",
    )
    told = json.loads(body)
    assert status == 200
    assert told["body"] == "\0tarts"
    assert told["QUERY_STRING"] == "a=%C3%A9"
    assert told["CONTENT_TYPE"] == "text/plain"
    assert told["CONTENT_LENGTH"] == "6"
    assert told["HTTP_X_KNAVE"] == "hearts"
    assert told["SERVER_PORT"] == str(server.port)
    assert int(headers["content-length"]) == len(body)
    assert "date" in headers


def test_a_field_with_an_underscore_does_not_pass_for_another(server: Server) -> None:
    request = (
        b"GET /echo HTTP/1.1\r\nHost: x\r\nX_Real: no\r\nX-Real: yes\r\nConnection: close\r\n\r\n"
    )
    assert json.loads(raw(server, request).partition(b"\r\n\r\n")[2])["HTTP_X_REAL"] == "yes"


def test_a_connection_serves_many_requests_even_while_others_wait(server: Server) -> None:
    count, errors = 12, Counter[str]()

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=SOON)
        for turn in range(50):
            connection.request("POST", f"/echo?n={number}", f"{number} {turn}")
            answer = json.loads(connection.getresponse().read())
            if (answer["body"], answer["QUERY_STRING"]) != (f"{number} {turn}", f"n={number}"):
                errors["mixed"] += 1
        connection.close()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors


def test_a_body_longer_than_a_packet_arrives_whole(server: Server) -> None:
    body = bytes(range(65, 91)) * 30_000
    told = json.loads(server.ask("/echo", "POST", body)[2])
    assert told["body"].encode() == body


def test_a_chunked_request_arrives_whole(server: Server) -> None:
    request = (
        b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        b"5\r\ntarts\r\n7\r\n stolen\r\n0\r\n\r\n"
    )
    assert json.loads(raw(server, request).partition(b"\r\n\r\n")[2])["body"] == "tarts stolen"


def test_a_client_that_asks_first_is_told_to_continue(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=SOON) as client:
        client.sendall(
            b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n"
            b"Connection: close\r\n\r\n"
        )
        assert client.recv(1000).startswith(b"HTTP/1.1 100 ")
        client.sendall(b"tarts")
        assert client.recv(65_536).startswith(b"HTTP/1.1 200 ")


def test_head_has_the_head_only(server: Server) -> None:
    status, _, body = server.ask("/version", "HEAD")
    assert (status, body) == (200, b"")
    answer = raw(server, b"HEAD /version HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.endswith(b"\r\n\r\n")


def test_an_old_client_gets_no_chunks(server: Server) -> None:
    head, _, body = raw(server, b"GET /stream?kib=200 HTTP/1.0\r\n\r\n").partition(b"\r\n\r\n")
    assert b"chunked" not in head
    assert body == b"x" * 200 * 1024


def test_a_long_answer_comes_in_chunks_and_the_connection_lives_on(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=SOON)
    connection.request("GET", "/stream?kib=3000")
    answer = connection.getresponse()
    assert answer.getheader("Transfer-Encoding") == "chunked"
    assert answer.read() == b"x" * 3000 * 1024
    connection.request("GET", "/version")
    assert connection.getresponse().read() == b"first"
    connection.close()


def test_a_client_that_sends_no_more_is_answered(server: Server) -> None:
    answer = raw(server, b"GET /version HTTP/1.1\r\nHost: x\r\n\r\n", half_close=True)
    assert answer.endswith(b"first")


LAST = b"GET /version HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


def test_pipelined_requests_are_answered_in_their_order(server: Server) -> None:
    echoed = b"".join(
        b"POST /echo?n=%d HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nt\r\n" % n
        for n in range(20)
    )
    own = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
    answer = raw(server, own + echoed + own + LAST)
    assert answer.count(b"HTTP/1.1 200 ") == 23
    places = [answer.index(b'n=%d"' % n) for n in range(20)]
    assert places == sorted(places)
    assert answer.endswith(b"first")


def test_hundreds_of_pipelined_requests_cost_no_more_than_others(server: Server) -> None:
    for request in (b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n", LAST.replace(b"close", b"x")):
        answer = raw(server, request * 2000 + LAST)
        assert answer.count(b"HTTP/1.1 200 ") == 2001
        assert answer.endswith(b"first")


def test_what_comes_behind_a_request_in_pieces_is_asked_again(server: Server) -> None:
    """Where a body in chunks ends is not looked for twice: the answer closes the connection."""
    chunked = b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    answer = raw(server, chunked + LAST)
    assert answer.count(b"HTTP/1.1 200 ") == 1
    assert b"Connection: close" in answer


def test_what_is_no_request_behind_one_is_refused(server: Server) -> None:
    answer = raw(server, LAST.replace(b"close", b"x") + b"tea time\r\n\r\n")
    assert answer.count(b"HTTP/1.1 200 ") == 1
    assert answer.count(b"HTTP/1.1 400 ") == 1


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n", 400),
        (
            b"POST / HTTP/1.1\r\nHost: x\r\n"
            b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
            400,
        ),
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 70_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: a\r\n" * 200 + b"\r\n", 431),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n", 413),
    ],
)
def test_what_is_not_taken_is_refused_at_once(server: Server, request_: bytes, status: int) -> None:
    head, _, body = raw(server, request_).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert b"application/problem+json" in head
    assert json.loads(body)["status"] == status


def test_health_and_metrics_answer_on_the_same_connection_as_all(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=SOON)
    for _ in range(3):
        connection.request("GET", "/version")
        assert connection.getresponse().read() == b"first"
        connection.request("GET", "/health")
        assert json.loads(connection.getresponse().read())["version"] == "first"
    connection.request("GET", "/metrics")
    assert b'sayso_requests_total{outcome="ok"}' in connection.getresponse().read()
    connection.close()


def test_every_request_is_logged_with_its_outcome(server: Server) -> None:
    server.ask('/echo?not="this"&mark=log')
    server.logged("/echo", method="GET", status=200, outcome="ok")
    assert server.ask("/nowhere%22")[0] == 500
    server.logged("/nowhere%22", method="GET", status=500, outcome="error")
    assert all(isinstance(entry["ms"], float) for entry in server.log())


def test_an_equal_request_is_answered_from_what_is_kept(server: Server) -> None:
    answers = [server.ask("/now?kept=1")[2] for _ in range(6)]
    assert answers[1:] == [answers[1]] * 5
    server.logged("/now", outcome="cached")
    assert server.ask("/now?kept=1", Accept="text/html")[2] != answers[1]
    assert server.ask("/now?kept=2")[2] != answers[1]
    assert server.ask("/now?kept=1", Cookie="a=b")[2] != answers[1]
    server.logged("/now", outcome="ok")


@pytest.mark.parametrize(("size", "kept"), [(300_000, True), (2_000_000, False)])
def test_an_answer_that_leaves_in_pieces_is_kept_up_to_a_length(
    server: Server, size: int, *, kept: bool
) -> None:
    answers = [server.ask(f"/now?size={size}")[2] for _ in range(4)]
    assert all(len(answer) == size for answer in answers)
    assert (answers[1:] == [answers[1]] * 3) is kept


def test_what_forbids_it_is_not_kept(server: Server) -> None:
    for _ in range(4):
        server.ask("/pid?again")
    assert {line["outcome"] for line in server.log() if line["path"] == "/pid"} == {"ok"}


def test_kept_answers_stay_within_their_bound(tmp_path: Path) -> None:
    with running(tmp_path / "s", cache=1_000_000) as server:
        for number in range(100):
            for _ in range(2):
                server.ask(f"/now?size=50000&n={number}")
        place = next(
            path
            for path in Path("/dev/shm").glob("sayso-answers-*")
            if str(path) in _arguments(server)
        )

        def size() -> int:
            total = 0
            for file in place.iterdir():
                with suppress(FileNotFoundError):  # removed or renamed since it was listed
                    total += file.stat().st_size
            return total

        until(lambda: size() <= 1_000_000)
        assert size() > 300_000
    assert not place.exists()


def test_what_a_killed_server_kept_is_removed_by_the_next(tmp_path: Path) -> None:
    with running(tmp_path / "s") as server:
        left = list(Path("/dev/shm").glob(f"sayso-answers-{server.process.pid}-*"))
        assert len(left) == 1
        server.process.kill()
        server.process.wait()
        assert left[0].exists()
    with running(tmp_path / "s"):
        assert not left[0].exists()


def _arguments(server: Server) -> str:
    told = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in server.descendants()]
    return b" ".join(told).decode()


def test_a_new_version_is_served_without_losing_a_request(tmp_path: Path) -> None:
    with running(tmp_path / "s") as server:
        stop, seen, faults = threading.Event(), list[list[str]](), list[str]()

        def client() -> None:
            mine = list[str]()
            seen.append(mine)
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=SOON)
            while not stop.is_set():
                try:
                    connection.request("GET", f"/version?wait=0.005&n={time.monotonic_ns()}")
                    mine.append(connection.getresponse().read().decode())
                except (OSError, http.client.HTTPException) as error:
                    faults.append(repr(error))
                    return
            connection.close()

        threads = [threading.Thread(target=client) for _ in range(8)]
        for thread in threads:
            thread.start()
        names = ["second", "third", "fourth"]
        for name in names:
            server.reload(name)
            time.sleep(0.3)
        stop.set()
        for thread in threads:
            thread.join()
        assert not faults
        order = ["first", *names]
        for mine in seen:
            assert mine == sorted(mine, key=order.index), "a version came back"
            assert set(mine) == set(order)
        until(lambda: server.health()["draining"] == 0)
        assert server.health()["version"] == "fourth"


def test_what_was_kept_of_a_version_is_not_answered_for_the_next(tmp_path: Path) -> None:
    with running(tmp_path / "s") as server:
        assert [server.ask("/version?k")[2] for _ in range(3)] == [b"first"] * 3
        server.reload("second")
        assert server.ask("/version?k")[2] == b"second"


def test_a_version_that_cannot_be_loaded_changes_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with running(tmp_path / "s") as server:
        for bad in ("bad", "dead"):
            failed = server.metric("sayso_reloads_failed_total")
            server.set_version(bad)
            server.process.send_signal(signal.SIGHUP)
            until(lambda: server.metric("sayso_reloads_failed_total") == failed + 1)  # noqa: B023
            assert server.ask("/version")[2] == b"first"
        server.reload("second")
    assert f"The graph in {tmp_path / 's' / 'version'} is bad." in capfd.readouterr().err


def test_a_long_request_of_the_old_version_is_finished(tmp_path: Path) -> None:
    with running(tmp_path / "s") as server:
        told = list[bytes]()
        thread = threading.Thread(
            target=lambda: told.append(server.ask("/version?gate=open")[2]), daemon=True
        )
        thread.start()
        server.at_work(1)
        server.reload("second")
        assert server.ask("/version")[2] == b"second"
        assert not told
        server.open_gate("open")
        thread.join()
        assert told == [b"first"]
        until(lambda: server.health()["draining"] == 0)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_the_front(tmp_path: Path, number: signal.Signals) -> None:
    with running(tmp_path / "s") as server:
        children = server.descendants()
        assert len(children) == 5
        threading.Thread(target=_ask_in_vain, args=(server,), daemon=True).start()
        server.at_work(1)
        server.process.send_signal(number)
        until(lambda: not any(map(alive, children)))


def _ask_in_vain(server: Server) -> None:
    with suppress(OSError, http.client.HTTPException):
        server.ask(ENDLESS_PATH)


def test_the_process_that_holds_the_graph_is_started_anew(tmp_path: Path) -> None:
    with running(tmp_path / "s") as server:
        before = server.descendants()
        holder = min(before)
        assert b"sayso.endpoint.generation" in Path(f"/proc/{holder}/cmdline").read_bytes()
        os.kill(holder, signal.SIGKILL)
        assert server.told() == "first"
        assert server.ask("/version")[2] == b"first"
        until(lambda: not any(map(alive, before)))


def test_a_graph_that_cannot_be_held_ends_the_server_in_one_sentence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with running(tmp_path / "s") as server:
        server.set_version("dead")
        os.kill(server.holder(), signal.SIGKILL)
        assert server.process.wait(SOON) == 2
    assert "The graph can be served no more: " in capfd.readouterr().err


def _paths(server: Server, connection: http.client.HTTPConnection, *paths: str) -> list[bytes]:
    answers = []
    for path in paths:
        connection.request("GET", path)
        answers.append(connection.getresponse().read())
    return answers


def test_a_client_does_not_wait_behind_another_at_its_worker(pair: Server) -> None:
    one, other = (
        http.client.HTTPConnection("127.0.0.1", pair.port, timeout=SOON) for _ in range(2)
    )
    for turn in range(4):
        assert _paths(pair, one, f"/version?{turn}") == [b"first"]
        other.request("GET", f"/version?gate=open-{turn}")
        pair.at_work(1)
        assert all(_paths(pair, one, *[f"/now?{turn}-{n}" for n in range(5)]))
        pair.open_gate(f"open-{turn}")
        assert other.getresponse().read() == b"first"
        one, other = other, one
    one.close()
    other.close()


def test_a_kept_connection_outlives_all_workers(pair: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", pair.port, timeout=SOON)
    connection.connect()
    for _ in range(3):
        here = connection.sock
        assert _paths(pair, connection, "/version", "/pid")[0] == b"first"
        assert connection.sock is here, "it was opened anew"
        pair.at_work(0)
        before = pair.descendants() - {pair.holder()}
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        until(lambda: len(pair.descendants() - before) == 3)  # noqa: B023
    connection.close()
