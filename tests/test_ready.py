"""The wait that the front and the workers share: each thing is told once, to one of them."""

import asyncio
import os
import socket
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from sayso.endpoint.door import Connection, Door, State
from sayso.endpoint.limits import Limits
from sayso.endpoint.ready import CALL, Ready
from sayso.endpoint.requests import Requests
from sayso.endpoint.verdicts import Verdicts
from sayso.endpoint.wire import Known, RequestReader

NUMBER = 77


@pytest.fixture
def ready() -> Iterator[Ready]:
    with closing(Ready.create()) as made:
        yield made


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    listener = socket.create_server(("127.0.0.1", 0))
    client = socket.create_connection(listener.getsockname())
    server, _ = listener.accept()
    with listener, client, server:
        yield client, server


def test_what_is_armed_is_told_once(
    ready: Ready, pair: tuple[socket.socket, socket.socket]
) -> None:
    client, server = pair
    ready.arm(server.fileno(), NUMBER)
    assert ready.wait(0) is None
    client.sendall(b"x")
    assert ready.wait(1) == NUMBER
    assert ready.wait(0) is None
    ready.arm(server.fileno(), NUMBER)
    assert ready.wait(0) == NUMBER, "what is there already is told at once"


def test_a_connection_has_one_number_under_all_descriptors(
    ready: Ready, pair: tuple[socket.socket, socket.socket]
) -> None:
    client, server = pair
    client.sendall(b"x")
    ready.arm(server.fileno(), NUMBER)
    assert ready.wait(1) == NUMBER
    with server.dup() as other:
        ready.arm(other.fileno(), NUMBER)
        assert (ready.wait(1), ready.wait(0)) == (NUMBER, None)


def test_another_process_takes_its_turn(
    ready: Ready, pair: tuple[socket.socket, socket.socket]
) -> None:
    client, server = pair
    ready.arm(server.fileno(), NUMBER)
    child = os.fork()
    if not child:
        number = Ready.of(ready.descriptors).wait(10)
        os._exit(0 if number == NUMBER else 1)
    client.sendall(b"x")
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert ready.take() == []


def test_what_is_armed_can_be_seen(ready: Ready, pair: tuple[socket.socket, socket.socket]) -> None:
    client, server = pair
    ready.arm(server.fileno(), NUMBER)
    assert NUMBER in ready.armed()
    client.sendall(b"x")
    assert ready.wait(1) == NUMBER
    assert NUMBER not in ready.armed()


def test_each_call_is_told_and_taking_over_takes_none(ready: Ready) -> None:
    for _ in range(2):
        ready.call()
        assert (ready.wait(1), ready.wait(0)) == (CALL, None)
    ready.call()
    assert ready.take() == []


def test_a_connection_that_nobody_has_is_read_by_the_front(
    ready: Ready, pair: tuple[socket.socket, socket.socket]
) -> None:
    """A worker was told of it and killed before it could say so."""
    client, server = pair
    client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    taken = asyncio.run(_taken(ready, server))
    assert taken == [b"/"]


async def _taken(ready: Ready, server: socket.socket) -> list[bytes]:
    limits, taken = Limits(), list[bytes]()
    door = Door(limits, [], lambda _connection, call: taken.append(call.path))
    requests = Requests(limits, door, Verdicts(limits, door, None), ready)
    connection = Connection(NUMBER, server, RequestReader(limits, Known(limits)), State.HELD)
    requests.held[NUMBER] = connection

    def look(busy: set[int]) -> None:
        connection.since -= 10
        requests.look_for_lost(busy)

    await asyncio.sleep(0.6)
    ready.arm(server.fileno(), NUMBER)
    look(set())
    assert NUMBER in requests.held, "it is armed"
    assert ready.wait(1) == NUMBER
    look({NUMBER})
    assert NUMBER in requests.held, "a worker has it"
    look(set())
    end = time.monotonic() + 10
    while not taken and time.monotonic() < end:
        await asyncio.sleep(0.01)
    return taken
