"""Answer a request in a worker: from what is kept, directly, or by the application."""

import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

from sayso.endpoint.access import line
from sayso.endpoint.answer import Answer, Broken, ClientGone, tail
from sayso.endpoint.board import Board, Slot, Word
from sayso.endpoint.cache import AnswerCache
from sayso.endpoint.gateway import Application, Direct, Environ, environ_of, run
from sayso.endpoint.limits import Limits
from sayso.endpoint.refusal import refusal
from sayso.endpoint.wire import Call, patience

Send = Callable[[bytes], None]


@dataclass(frozen=True)
class Answering:
    """What answers, and where it says how; ``base`` is the environment that all requests share."""

    app: Application
    direct: Direct
    limits: Limits
    board: Board
    slot: Slot
    base: Environ
    cache: AnswerCache | None = None
    log: Callable[[bytes], object] | None = None

    def answer(self, call: Call, connection: socket.socket, address: str, arrived: int) -> bool:
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

        outcome, status = self._answered(call, send, address)
        sent = words[Word.BEGUN]
        spent = self.slot.end(outcome, sent)
        if self.log is not None:
            self.log(line(asked.decode("latin-1"), status, outcome.name, sent, spent))
        return status != 0

    def _answered(self, call: Call, send: Send, address: str) -> tuple[Word, int]:
        """Answer with what is kept, or anew; return outcome and status.

        Status 0 says that the answer was broken off. ``call.keep_alive`` becomes false where
        only the end of the connection ends the answer.
        """
        cache = self._asked_again(call)
        answer = Answer(call, send, most=self.limits.answer, keep=self.limits.kept if cache else 0)
        try:
            if cache and (kept := cache.find(cache.key(call))):
                send(kept.head + tail(call.version, keep_alive=call.keep_alive) + kept.body)
                return Word.CACHED, HTTPStatus.OK
            self._make(call, address, answer)
            if cache and (content := answer.kept()):
                self.slot.words[Word.STORED] += cache.store(cache.key(call), content)
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

    def _asked_again(self, call: Call) -> AnswerCache | None:
        """Return where the answer may be kept, if this request was seen before."""
        mark = self.cache.mark(call) if self.cache else None
        return self.cache if mark and self.board.seen(mark) else None

    def _make(self, call: Call, address: str, answer: Answer) -> None:
        environ = partial(environ_of, call, self.base, address)
        if not self.direct(call, environ, answer):
            run(self.app, environ(), answer)
        if answer.broken is not None:
            raise answer.broken  # the application caught it

    def _failed(self, outcome: Word, send: Send, call: Call) -> tuple[Word, int]:
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
