"""Answer requests, one at a time, in a process that can be killed at any moment.

The worker waits with all others for the next request of any client, and for the front's call
to fetch a first one. It answers on the connection itself, and has it waited for again. What it
does is on its slot of the board.
"""

import gc
import logging
import os
import resource
import select
import signal
import socket
import struct
import time
from dataclasses import dataclass, field

from sayso.endpoint import channel
from sayso.endpoint.answering import Answering
from sayso.endpoint.board import Board, Flag, Slot, Word
from sayso.endpoint.clients import Client, Clients
from sayso.endpoint.limits import Limits
from sayso.endpoint.pages import Pages
from sayso.endpoint.ready import CALL, Ready
from sayso.endpoint.turns import Turns
from sayso.endpoint.wire import Call, Known, Refused, RequestReader
from sayso.store.union import UnionAwaited

OWN_PATHS = (b"/health", b"/metrics")  # the front answers these
_NUMBER = struct.Struct("<Q")
GIVEN = struct.Struct("<QQ")  # the number of a connection, and when its request arrived
_BEFORE = 1.0  # seconds before its deadline that a request is answered which waits for a load
FETCH, KEEP, BACK, END, BREAK = b"F", b"K", b"B", b"E", b"!"  # what becomes of a connection
WRITES, LOAD, SERVED = b"W", b"L", b"S"  # what is said of writing
SERVING = "sayso.serving"  # in the environment: a Serving
_READ = 65_536
_REST = 0.1  # seconds without a request after which a worker forgets the clients that have left
_LOOK = 1.0  # seconds after which an idle worker looks whether it is still wanted
_SOON = 0.01  # seconds
_STACK = 64 << 20  # the engine's parser recurses


@dataclass(frozen=True)
class Serving:
    """What an application that writes says to the server; ``words`` are the worker's slot."""

    end: socket.socket
    words: memoryview

    def writes(self) -> None:
        """Say that what is served may be changed from now on, whatever becomes of this process."""
        channel.send(self.end, WRITES)

    def load(self) -> str:
        """Have the changed graph loaded; return when it is served, else say why it is not yet."""
        number = _NUMBER.pack(self.words[Word.SERIAL])
        channel.send(self.end, LOAD, number)
        waiting = select.poll()
        waiting.register(self.end, select.POLLIN)
        while True:
            left = self.words[Word.DEADLINE] / 1e9 - _BEFORE - time.monotonic()
            if left <= 0 or not waiting.poll(left * 1000):
                return "loading it takes long."
            kind, content, _ = channel.receive(self.end)
            if not kind:
                return "the server ends."
            if kind == SERVED and content.startswith(number):
                return content[_NUMBER.size :].decode()


@dataclass
class Worker:
    """What one worker process has: its end of the channel, its slot, and what answers."""

    answering: Answering
    limits: Limits
    board: Board
    slot: Slot
    end: socket.socket
    ready: Ready
    turns: Turns
    pages: Pages
    known: Known = field(init=False)
    clients: Clients = field(init=False)

    def __post_init__(self) -> None:
        self.known = Known(self.limits)
        self.clients = Clients()

    def work(self) -> None:
        """Serve connections until the front says otherwise."""
        gc.freeze()
        pause = _REST
        while not self.slot.words[Word.LEAVE] and not self.board.flag(Flag.DRAINING):
            number = self._next(pause)
            if number is None:
                self.clients.forget_closed()
                # Who has no turn is a spare, for which copying would be a waste of memory.
                pause = 0.0 if self.slot.words[Word.TURN] and self.pages.own_one() else _LOOK
                continue
            pause = _REST
            self.slot.hold(number)
            self._take(number)
            self.slot.hold(0)

    def _next(self, seconds: float) -> int | None:
        """Wait for a turn, then for a request; it may be that neither comes."""
        words = self.slot.words
        if not words[Word.TURN]:
            if not self.turns.take(seconds):
                return None
            words[Word.TURN] = 1
        return self.ready.wait(seconds)

    def _take(self, number: int) -> None:
        """Serve a connection, and have it waited for again or tell the front what to do with it."""
        if self.board.flag(Flag.DRAINING):
            if number == CALL:
                self.ready.call()  # a worker of the next version is to come
            else:
                self._tell(BACK, number, b"")
            return
        client, data, arrived = self.clients.get(number), b"", 0
        if client is None:
            client, data, arrived = self._fetch(number)
            if client is None:
                return
        try:
            kind, left = self._serve(client, data, arrived)
        except OSError:
            kind, left = BREAK, b""
        if kind == KEEP:
            self.ready.arm(client.descriptor, client.number)
        elif kind:
            self.clients.forget(client)
            self._tell(kind, client.number, left)

    def _tell(self, kind: bytes, number: int, left: bytes) -> None:
        channel.send(self.end, kind, _NUMBER.pack(number) + left)

    def _fetch(self, number: int) -> tuple[Client | None, bytes, int]:
        """Ask the front for a connection; with CALL for any, whose request it has read."""
        self._tell(FETCH, number, b"")
        kind, content, files = channel.receive(self.end)
        if kind != b"C":
            return None, b"", 0
        number, arrived = GIVEN.unpack_from(content)
        return self.clients.add(number, files[0]), content[GIVEN.size :], arrived

    def _serve(self, client: Client, data: bytes, arrived: int) -> tuple[bytes, bytes]:
        """Answer a request; return what becomes of the connection, and what is left to be read."""
        if not data:
            try:
                data = client.socket.recv(_READ, socket.MSG_DONTWAIT)
            except BlockingIOError:
                return b"", b""  # another has it
            if not data:
                return END, b""
            arrived = time.monotonic_ns()
        call = self.known.call(data)
        if call is None:
            reader = RequestReader(self.limits, self.known)
            try:
                call = reader.feed(data)
            except Refused:
                return BACK, bytes(reader.raw)  # the front refuses it again, and tells why
        if call is None or call.path in OWN_PATHS:
            return BACK, data
        return self._answer(call, client, data, arrived)

    def _answer(self, call: Call, client: Client, data: bytes, arrived: int) -> tuple[bytes, bytes]:
        try:
            whole = self.answering.answer(call, client.socket, client.address, arrived)
        except UnionAwaited:
            return self._given_back(data)
        if whole and call.keep_alive:
            return (BACK, call.rest) if call.rest else (KEEP, b"")
        return END if whole else BREAK, b""

    def _given_back(self, data: bytes) -> tuple[bytes, bytes]:
        """Leave a request to the workers that soon take the place of those like this one."""
        words = self.slot.words
        while not words[Word.LEAVE] and not self.board.flag(Flag.DRAINING):
            time.sleep(_SOON)
        self.slot.give_back()
        return (BREAK, b"") if words[Word.BEGUN] else (BACK, data)


def number_of(content: bytes) -> tuple[int, bytes]:
    """Take apart what a worker says of a connection: its number, and what was read of it."""
    return _NUMBER.unpack_from(content)[0], content[_NUMBER.size :]


def live(worker: Worker) -> None:
    """Work as a child process, and end without the parent's clearing up."""
    resource.setrlimit(
        resource.RLIMIT_STACK, (_STACK, resource.getrlimit(resource.RLIMIT_STACK)[1])
    )
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # the front says when to end
    code = 1
    try:
        worker.work()
        code = 0
    except OSError:
        code = 0  # the front is gone
    except BaseException:
        logging.getLogger(__name__).exception("a worker failed")
    finally:
        os._exit(code)
