"""A client that leaves costs a worker its answer, and never the worker."""

import socket
from collections.abc import Iterable
from pathlib import Path

from sayso.endpoint.answering import Answering
from sayso.endpoint.board import Board, Word
from sayso.endpoint.cache import AnswerCache
from sayso.endpoint.gateway import Environ, StartResponse, base_environ, by_wsgi
from sayso.endpoint.limits import Limits
from sayso.endpoint.wire import Call


def _app(_environ: Environ, start: StartResponse) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"tarts"]


def test_who_leaves_before_a_kept_answer_is_sent_is_noted_and_no_more(tmp_path: Path) -> None:
    limits, board = Limits(), Board.create(1)
    slot, cache = board.slot(1), AnswerCache(tmp_path, 1000)
    base = base_environ(("127.0.0.1", 80))
    answering = Answering(_app, by_wsgi, limits, board, slot, base, cache)
    ours, theirs = socket.socketpair()
    with ours:
        for _ in range(3):
            call = Call("GET", b"/tarts", keep_alive=True, path=b"/tarts")
            assert answering.answer(call, ours, "", 1)
        assert [slot.words[word] for word in (Word.OK, Word.CACHED)] == [2, 1]
        theirs.close()
        assert not answering.answer(Call("GET", b"/tarts", path=b"/tarts"), ours, "", 1)
    assert slot.words[Word.CLIENT_GONE] == 1
