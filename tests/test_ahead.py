"""What takes long is made while others are answered, and nothing half made passes for whole."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from sayso.endpoint.beside import Beside, beside
from sayso.store import ClaimStore
from sayso.web.ahead import Ahead
from sayso.web.completion import Completion

LONG = b"tarts" * 100_000  # more than a pipe or a page holds


def forked(made: Beside) -> bytes | None:
    """Ask in a process that is forked now, as workers do."""
    readable, writable = os.pipe()
    if not os.fork():
        content = made.get()
        os.write(writable, b"none" if content is None else content[:5])
        os._exit(0)
    os.close(writable)
    with os.fdopen(readable, "rb") as pipe:
        told = pipe.read()
    return None if told == b"none" else told


def test_whoever_asks_waits_until_all_is_there(tmp_path: Path) -> None:
    gate = tmp_path / "gate"

    def made() -> Iterator[bytes]:
        yield b"first"
        while not gate.exists():
            time.sleep(0.01)
        yield LONG

    first, second = beside(2, made)
    assert first.get() == b"first"
    assert os.fstat(second.memory).st_size == 0
    if not os.fork():
        time.sleep(0.3)
        gate.touch()
        os._exit(0)
    assert second.get() == LONG
    assert gate.exists(), "it was made behind the gate, and waited for"
    assert second.get() == LONG
    assert (forked(first), forked(second)) == (b"first", LONG[:5])


def test_what_a_process_leaves_half_made_is_made_by_who_asks() -> None:
    def failing() -> Iterator[bytes]:
        yield b"first"
        raise ValueError("treacle")

    first, second = beside(2, failing)
    assert (first.get(), second.get()) == (b"first", None)

    def killed() -> Iterator[bytes]:
        os.kill(os.getpid(), signal.SIGKILL)
        yield b""

    (third,) = beside(1, killed)
    assert third.get() is None


def test_what_is_made_beside_is_what_is_made_when_asked_for(trial: ClaimStore) -> None:
    called = os.pipe()
    ahead = Ahead(trial)
    ahead.begin(lambda: os.write(called[1], b"called"))
    now = Ahead(trial)
    assert os.read(called[0], 10) == b"called"
    assert ahead.flows == now.flows != []
    assert ahead.completion == now.completion == Completion.of(trial)
    dumps = [list(one.index.connection.iterdump()) for one in (ahead, now)]
    assert dumps[0] == dumps[1]


def test_where_the_process_failed_all_is_made_when_asked_for(trial: ClaimStore) -> None:
    def fail() -> None:
        raise SystemExit

    ahead = Ahead(trial)
    ahead.begin(fail)
    assert ahead.flows == Ahead(trial).flows
    assert ahead.index.connection.execute("SELECT COUNT(*) FROM claim").fetchone()[0] > 0
