"""Answer requests, one at a time, in a process that can be killed at any moment.

The front hands over a connection with the bytes of a whole request. The worker answers on
the connection itself and stays with it while further requests follow at once; then, or
when others wait, it gives the connection back. What it does is on its slot of the board.
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
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from sayso.endpoint import channel
from sayso.endpoint.access import line
from sayso.endpoint.board import Board, Flag, Slot, Word
from sayso.endpoint.cache import AnswerCache
from sayso.endpoint.gateway import (
    Answer,
    Application,
    Broken,
    ClientGone,
    Environ,
    base_environ,
    environ_of,
    run,
    tail,
)
from sayso.endpoint.limits import Limits
from sayso.endpoint.refusal import refusal
from sayso.endpoint.wire import Call, Known, Refused, RequestReader, patience

OWN_PATHS = (b"/health", b"/metrics")  # the front answers these
HAND_OVER = _NUMBER = struct.Struct("<Q")
_BEFORE = 1.0  # seconds before its deadline that a request is answered which waits for a load
BACK, END, BREAK = b"B", b"E", b"!"  # what becomes of a connection
WRITES, LOAD, SERVED = b"W", b"L", b"S"  # what is said of writing
SERVING = "sayso.serving"  # in the environment: a Serving
_READ = 65_536
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
    """What one worker process has: its end of the channel, its slot, the application."""

    app: Application
    limits: Limits
    board: Board
    slot: Slot
    end: socket.socket
    server: tuple[str, int]
    cache: AnswerCache | None
    log: Callable[[bytes], object] | None
    known: Known = field(init=False)
    base: Environ = field(init=False)

    def __post_init__(self) -> None:
        self.known = Known(self.limits)
        self.base = {**base_environ(self.server), SERVING: Serving(self.end, self.slot.words)}

    def work(self) -> None:
        """Serve connections until the front closes the channel."""
        gc.freeze()
        while True:
            kind, content, files = channel.receive(self.end)
            if not kind:
                return
            if kind == b"C":
                self._take(content, files[0])

    def _take(self, content: bytes, descriptor: int) -> None:
        """Serve a connection, and tell the front what to do with it: read on, end or break it."""
        (arrived,) = HAND_OVER.unpack_from(content)
        connection = socket.socket(fileno=descriptor)
        connection.setblocking(True)
        left = b""
        try:
            kind, left = self._serve(connection, content[HAND_OVER.size :], arrived)
        except OSError:
            kind = BREAK
        connection.close()
        channel.send(self.end, kind, left)

    def _serve(self, connection: socket.socket, data: bytes, arrived: int) -> tuple[bytes, bytes]:
        """Answer requests; return what becomes of the connection, and what is read of the next."""
        reader = RequestReader(self.limits, self.known)
        client = connection.getpeername()[0]
        waiting = select.poll()
        waiting.register(connection, select.POLLIN)
        waiting.register(self.end, select.POLLIN)
        while True:
            try:
                call = reader.feed(data)
            except Refused:
                return BACK, bytes(reader.raw)  # the front refuses it again, and tells why
            if call is None or call.path in OWN_PATHS:
                return BACK, call.raw if call else bytes(reader.raw)
            whole = self._answer(call, connection, client, arrived)
            if not whole or not call.keep_alive:
                return END if whole else BREAK, b""
            if self.board.flag(Flag.CROWDED) or self.board.flag(Flag.DRAINING):
                return BACK, b""
            ready = waiting.poll(self.limits.linger * 1000)
            if not ready or any(file == self.end.fileno() for file, _ in ready):
                return BACK, b""
            data = connection.recv(_READ)
            if not data:
                return END, b""
            arrived = time.monotonic_ns()

    def _answer(self, call: Call, connection: socket.socket, client: str, arrived: int) -> bool:
        """Answer one request; say whether the answer is whole."""
        allowed = patience(call, self.limits)
        asked = call.method.encode("latin-1") + b" " + call.path
        self.slot.begin(arrived, arrived + int(allowed * 1e9), asked)
        words = self.slot.words

        def send(data: bytes) -> None:
            words[Word.BEGUN] += len(data)  # before it leaves: none may seem unsent
            try:
                connection.sendall(data)
            except OSError as error:
                raise ClientGone from error

        outcome, status = self._answered(call, send, client)
        sent = words[Word.BEGUN]
        spent = self.slot.end(outcome, sent)
        if self.log is not None:
            self.log(line(asked.decode("latin-1"), status, outcome.name, sent, spent))
        return status != 0

    def _answered(self, call: Call, send: Callable[[bytes], None], client: str) -> tuple[Word, int]:
        """Answer with what is kept, or by the application; return outcome and status.

        Status 0 says that the answer was broken off. ``call.keep_alive`` becomes false where
        only the end of the connection ends the answer.
        """
        key = self.cache.key(call) if self.cache else None
        again = key is not None and self.board.seen(key)
        if self.cache and key and again:
            kept = self.cache.find(key)
            if kept is not None:
                send(kept.head + tail(call.version, keep_alive=call.keep_alive) + kept.body)
                return Word.CACHED, HTTPStatus.OK
        answer = Answer(call, send, most=self.limits.answer)
        try:
            run(self.app, environ_of(call, self.base, client), answer)
            if self.cache and key and again:
                content = answer.kept()
                if content is not None:
                    self.slot.words[Word.STORED] += self.cache.store(key, content)
            answer.finish()
        except ClientGone:
            return Word.CLIENT_GONE, 0
        except Broken:
            return self._failed(Word.TOO_LARGE, send, call)
        except Exception:
            logging.getLogger(__name__).exception("the application failed")
            return self._failed(Word.ERROR, send, call)
        outcome = Word.OK if answer.status < HTTPStatus.INTERNAL_SERVER_ERROR else Word.ERROR
        return outcome, answer.status

    def _failed(self, outcome: Word, send: Callable[[bytes], None], call: Call) -> tuple[Word, int]:
        """Tell the client where nothing has left yet."""
        if self.slot.words[Word.BEGUN]:
            return outcome, 0
        call.keep_alive = False
        if outcome is Word.TOO_LARGE:
            status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
            detail = f"The answer is longer than the {self.limits.answer} bytes that are given."
        else:
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            detail = "The server failed at this request."
        try:
            send(refusal(status, detail, head_only=call.method == "HEAD"))
        except ClientGone:
            return Word.CLIENT_GONE, 0
        return outcome, status


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
