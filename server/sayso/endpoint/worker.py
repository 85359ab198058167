"""Answer requests, one at a time, in a process that can be killed at any moment.

The front hands over a connection with the bytes of a whole request. The worker answers on
the connection itself and stays with it while further requests follow at once; then, or
when others wait, it gives the connection back. What it does is on its slot of the board.
"""

import gc
import logging
import os
import select
import signal
import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from sayso.endpoint import channel
from sayso.endpoint.access import line
from sayso.endpoint.board import Board, Flag, Slot, Word
from sayso.endpoint.cache import AnswerCache
from sayso.endpoint.gateway import Answer, Application, Broken, ClientGone, environ_of, run, tail
from sayso.endpoint.limits import Limits
from sayso.endpoint.refusal import refusal
from sayso.endpoint.wire import Call, Refused, RequestReader, patience

OWN_PATHS = (b"/health", b"/metrics")  # the front answers these
HAND_OVER = struct.Struct("<Q")
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER of no time: closing resets
_READ = 65_536


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
        (arrived,) = HAND_OVER.unpack_from(content)
        connection = socket.socket(fileno=descriptor)
        connection.setblocking(True)
        try:
            left = self._serve(connection, content[HAND_OVER.size :], arrived)
        except (OSError, Refused):
            left = None
        connection.close()
        channel.send(self.end, b"E" if left is None else b"B", left or b"")

    def _serve(self, connection: socket.socket, data: bytes, arrived: int) -> bytes | None:
        """Answer requests; return the bytes of one that is not whole, None when all is over."""
        reader = RequestReader(self.limits)
        try:
            client = connection.getpeername()[0]
        except OSError:
            return None
        waiting = select.poll()
        waiting.register(connection, select.POLLIN)
        waiting.register(self.end, select.POLLIN)
        while True:
            call = reader.feed(data)
            if call is None or call.path in OWN_PATHS:
                return data if call else bytes(reader.raw)
            if not self._answer(call, connection, client, arrived):
                return None
            if self.board.flag(Flag.CROWDED) or self.board.flag(Flag.DRAINING):
                return b""
            ready = waiting.poll(self.limits.linger * 1000)
            if not ready or any(file == self.end.fileno() for file, _ in ready):
                return b""
            data = connection.recv(_READ)
            if not data:
                return None
            arrived = time.monotonic_ns()

    def _answer(self, call: Call, connection: socket.socket, client: str, arrived: int) -> bool:
        """Answer one request; say whether the connection can be used further."""
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

        outcome, status, further = self._answered(call, send, client)
        if (
            not further
            and outcome in {Word.CLIENT_GONE, Word.TOO_LARGE, Word.ERROR}
            and status == 0
        ):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        sent = words[Word.BEGUN]
        spent = self.slot.end(outcome, sent)
        if self.log is not None:
            self.log(line(asked.decode("latin-1"), status, outcome.name, sent, spent))
        return further

    def _answered(
        self, call: Call, send: Callable[[bytes], None], client: str
    ) -> tuple[Word, int, bool]:
        """Answer from what is kept or from the application; return outcome, status and whether
        the connection can be used further. Status 0 says that the answer was broken off.
        """
        key = self.cache.key(call) if self.cache else None
        again = key is not None and self.board.seen(key)
        if self.cache and key and again:
            kept = self.cache.find(key)
            if kept is not None:
                send(kept.head + tail(call.version, keep_alive=call.keep_alive) + kept.body)
                return Word.CACHED, HTTPStatus.OK, call.keep_alive
        answer = Answer(call, send, most=self.limits.answer)
        try:
            run(self.app, environ_of(call, self.server, client), answer)
            if answer.broken:
                raise answer.broken  # the application caught it
            if self.cache and key and again:
                content = answer.kept()
                if content is not None:
                    self.slot.words[Word.STORED] += self.cache.store(key, content)
            answer.finish()
        except ClientGone:
            return Word.CLIENT_GONE, 0, False
        except Broken:
            return self._failed(answer, Word.TOO_LARGE, send, call)
        except Exception:
            logging.getLogger(__name__).exception("the application failed")
            return self._failed(answer, Word.ERROR, send, call)
        outcome = Word.OK if answer.status < HTTPStatus.INTERNAL_SERVER_ERROR else Word.ERROR
        return outcome, answer.status, answer.keep_alive

    def _failed(
        self, answer: Answer, outcome: Word, send: Callable[[bytes], None], call: Call
    ) -> tuple[Word, int, bool]:
        """Tell the client where that is still possible; else break the answer off."""
        if isinstance(answer.broken, ClientGone):
            return Word.CLIENT_GONE, 0, False
        if self.slot.words[Word.BEGUN]:
            return outcome, 0, False
        if outcome is Word.TOO_LARGE:
            status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
            detail = f"The answer is longer than the {self.limits.answer} bytes that are given."
        else:
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            detail = "The server failed at this request."
        send(refusal(status, detail, head_only=call.method == "HEAD"))
        return outcome, status, False


def live(worker: Worker) -> None:
    """Work as a child process, and end without the parent's clearing up."""
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
