"""As many workers take requests as there are turns, and no turn is ever lost."""

import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from front_server import ENDLESS_PATH, Server, running, until
from sayso.endpoint.turns import Turns


@pytest.fixture
def turns() -> Iterator[Turns]:
    with closing(Turns.create(2)) as made:
        yield made


def test_there_are_no_more_turns_than_were_made(turns: Turns) -> None:
    assert [turns.take(0) for _ in range(3)] == [True, True, False]
    turns.give()
    assert turns.free == 1
    assert [turns.take(0) for _ in range(2)] == [True, False]
    assert turns.free == 0


def test_a_turn_is_waited_for(turns: Turns) -> None:
    assert turns.take(0)
    assert turns.take(0)
    start = time.monotonic()
    assert not turns.take(0.05)
    assert time.monotonic() - start >= 0.05
    threading.Timer(0.05, turns.give).start()
    assert turns.take(20)


def test_processes_share_them(turns: Turns) -> None:
    with multiprocessing.get_context("fork").Pool(4) as pool:
        assert sorted(pool.map(turns.take, [0.1] * 4, chunksize=1)).count(True) == 2
    assert turns.free == 0


def test_a_lost_turn_is_given_anew_and_only_once(turns: Turns) -> None:
    for _ in range(2):
        assert turns.take(0)
    turns.mend(taken=1)
    assert turns.free == 0, "it may just have been taken"
    turns.mend(taken=1)
    assert turns.free == 1
    turns.mend(taken=1)
    turns.mend(taken=1)
    assert turns.free == 1
    turns.mend(taken=0)
    turns.mend(taken=1)
    assert turns.free == 1


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("turns"), workers=3, at_once=1, deadline=60.0) as started:
        yield started


def _workers(server: Server) -> set[int]:
    return server.descendants() - {server.holder()}


def test_a_long_request_gives_its_turn_to_another(server: Server) -> None:
    with ExitStack() as leaving:
        for _ in range(2):
            client = leaving.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            client.sendall(f"GET {ENDLESS_PATH} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        server.at_work(2)  # so one has lost the only turn already
        assert server.ask("/version")[2] == b"first"
        server.at_work(2)  # both go on; who answered may not have noted its end yet
    server.at_work(0)
    for _ in range(20):
        assert server.ask("/version")[2] == b"first"


def test_whoever_is_killed_there_is_a_turn_for_the_next(server: Server) -> None:
    for _ in range(2):
        before = _workers(server)
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        until(lambda: server.health()["workers"] == 3 and not _workers(server) & before)  # noqa: B023
        assert server.ask("/version")[2] == b"first"
