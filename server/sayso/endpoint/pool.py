"""Bring requests to workers, and deal with what becomes of the workers."""

import asyncio
import logging
import os
import time
from collections import Counter, deque
from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from sayso.endpoint import channel
from sayso.endpoint.access import line
from sayso.endpoint.board import BUCKETS, Word
from sayso.endpoint.door import Connection, Door, State
from sayso.endpoint.hands import Generation, Hand, Source
from sayso.endpoint.limits import Limits
from sayso.endpoint.reloads import Reloads
from sayso.endpoint.wire import Call, patience
from sayso.endpoint.worker import BACK, END

_LOG = logging.getLogger(__name__)
_SPARE_FOR = 10.0  # seconds that a worker beyond the usual number stays idle
_COUNTED = (*range(Word.STORED, Word.BUCKET), *range(Word.BUCKET, Word.BUCKET + len(BUCKETS) + 1))

SENTENCES = {
    "timeout": (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The query took longer than the {deadline:g} s it may take.",
    ),
    "memory": (
        HTTPStatus.INSUFFICIENT_STORAGE,
        "The query needed more memory than the {memory} bytes it may use.",
    ),
    "error": (HTTPStatus.INTERNAL_SERVER_ERROR, "The process that answered this request failed."),
    "busy": (HTTPStatus.SERVICE_UNAVAILABLE, "The server is busy."),
}


class Pool:
    """The current generation, those before it that still answer, and the requests that wait."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.current: Generation | None = None
        self.next: Generation | None = None
        self.old: list[Generation] = []
        self.idle: list[Hand] = []
        self.queue: deque[Connection] = deque()
        self.door: Door | None = None
        self.outcomes: Counter[str] = Counter()
        self.past: Counter[int] = Counter()  # what ended generations had counted
        self.reloads = self.failed_reloads = self.killed = 0
        self.wake: Callable[[], None] = lambda: None
        self.changed: Callable[[str, str], None] = lambda _version, _fault: None
        self.writing = Reloads(partial(self.load, written=True))
        self._loop = asyncio.get_running_loop()

    # Generations.

    def load(self, *, written: bool = False) -> None:
        """Start the next generation; ``changed`` is called when it serves or cannot be loaded.

        ``written`` says that all that is new was written by a worker.
        """
        if self.next is not None:
            self.next.close()
        self.writing.begun()
        source = self.source.after_writing() if written else self.source
        self.next = Generation(source, self.limits)
        self.next.listen(self._told)

    def _told(self, generation: Generation, kind: bytes, content: bytes, files: list[int]) -> None:
        if kind == b"R":
            self._serve(generation, content.decode())
        elif kind == b"W":
            self._enlist(generation.enlist(content, files))
        elif kind == b"X" and generation is self.next:
            self._unloaded(generation, content.decode())
        elif not kind:
            self._ended(generation)

    def _serve(self, generation: Generation, version: str) -> None:
        before, self.current, self.next = self.current, generation, None
        generation.version = version
        self.reloads += before is not None
        generation.crowd(on=bool(self.queue))
        for _ in range(self.limits.workers):
            generation.fork()
        if before is not None:
            self._drain(before)
        self.writing.ended("")
        self.changed(version, "")

    def _drain(self, generation: Generation) -> None:
        generation.drain()
        self.old.append(generation)
        for hand in list(generation.hands.values()):
            if hand.held is None:
                self._retire(hand)
            else:
                hand.recall()
        self._bury(generation)

    def _unloaded(self, generation: Generation, fault: str) -> None:
        self.failed_reloads += 1
        self.next = None
        generation.close()
        self.writing.ended(fault)
        self.changed("", fault)

    def _ended(self, generation: Generation) -> None:
        """Deal with a generation whose process ended of itself: its workers end with it."""
        if generation is self.next:
            self._unloaded(generation, "The process that loads the graph ended.")
        elif generation is self.current:
            for hand in list(generation.hands.values()):
                self._loop.remove_reader(hand.end)
                self._loop.remove_reader(hand.process)
                self._bereave(hand)
            self.current = None
            self._close(generation)
            self.changed("", "The process that holds the graph ended.")

    def _bury(self, generation: Generation) -> None:
        if generation.draining and not generation.hands and not generation.forking:
            self.old.remove(generation)
            self._close(generation)

    def _close(self, generation: Generation) -> None:
        self.idle = [hand for hand in self.idle if hand.generation is not generation]
        for word in _COUNTED:
            self.past[word] += generation.board.total(word)
        generation.close()

    def total(self, word: int) -> int:
        """Add up what the workers of all generations have counted."""
        living = [g for g in (self.current, *self.old) if g is not None]
        return self.past[word] + sum(generation.board.total(word) for generation in living)

    # Requests.

    def take(self, connection: Connection, call: Call) -> None:
        """Bring a request to an idle worker, or let it wait; refuse it when too many wait."""
        self.wake()
        if not self.queue and self._hand_over(connection, call):
            return
        if len(self.queue) >= self.limits.queue:
            self.refuse(connection, "busy")
            return
        connection.enter(State.QUEUED)
        self.queue.append(connection)
        self._press()

    def _hand_over(self, connection: Connection, call: Call) -> bool:
        while self.idle:
            hand = self.idle.pop()
            hand.serial = hand.slot.words[Word.SERIAL]
            try:
                hand.hand_over(connection, call.raw, connection.arrived)
            except OSError:  # its death is told by its pidfd
                continue
            connection.enter(State.HELD)
            return True
        return False

    def _press(self) -> None:
        """Ask for connections back that workers hold without a request at work on them."""
        if self.current is None:
            return
        self.current.crowd(on=True)
        for hand in self.current.hands.values():
            if hand.held is not None and not hand.slot.words[Word.STARTED]:
                hand.recall()

    def relieve(self) -> None:
        """Bring waiting requests to idle workers."""
        while self.queue and self.idle:
            connection = self.queue.popleft()
            if connection.state is not State.QUEUED or connection.call is None:
                continue
            if not self._hand_over(connection, connection.call):
                self.queue.appendleft(connection)
                return
        if not self.queue and self.current is not None:
            self.current.crowd(on=False)

    def grow(self) -> None:
        """Fork one more worker while requests wait and all that there are work."""
        generation = self.current
        if generation and self.queue and not self.idle and not generation.forking:
            generation.fork()

    def shrink(self) -> None:
        """Let workers beyond the usual number end when they have been idle for a while."""
        if self.current is None:
            return
        spare = len(self.current.hands) - self.limits.workers
        for hand in list(self.idle):
            if spare > 0 and time.monotonic() - hand.since > _SPARE_FOR:
                self._retire(hand)
                spare -= 1

    # Workers.

    def _enlist(self, hand: Hand) -> None:
        self._loop.add_reader(hand.end, self._heard, hand)
        self._loop.add_reader(hand.process, self._died, hand)
        self._rest(hand)

    def _rest(self, hand: Hand) -> None:
        """Let a worker wait for its next connection, or end where it is not to have one."""
        hand.held, hand.since, hand.writes = None, time.monotonic(), False
        if hand.slowed or hand.swollen or hand.generation is not self.current:
            self._retire(hand)
        else:
            self.idle.append(hand)
            self.relieve()

    def _retire(self, hand: Hand) -> None:
        if hand in self.idle:
            self.idle.remove(hand)
        self._loop.remove_reader(hand.end)
        hand.retire()

    def _heard(self, hand: Hand) -> None:
        try:
            kind, content, _ = channel.receive(hand.end)
        except OSError:
            kind, content = b"", b""
        connection = hand.held
        if not kind or connection is None or self.door is None:
            self._loop.remove_reader(hand.end)  # the pidfd tells the rest
            return
        if self.writing.hear(hand, kind, content):
            return
        self._rest(hand)
        self._place(connection, kind, content)

    def _place(self, connection: Connection, kind: bytes, content: bytes) -> None:
        """Do with a connection what the worker that had it says."""
        if self.door is None:
            return
        if kind == BACK:
            self.door.take_back(connection, content)
        elif kind == END:
            self.door.leave(connection, b"")
        else:
            self.door.break_off(connection)

    def _died(self, hand: Hand) -> None:
        self._loop.remove_reader(hand.process)
        if hand.held is not None and not hand.retired:
            self._heard_last(hand)
        self._loop.remove_reader(hand.end)
        if hand in self.idle:
            self.idle.remove(hand)
        self._bereave(hand)
        self.writing.bereave(hand)
        generation = hand.generation
        generation.dismiss(hand)
        if generation is self.current:
            if len(generation.hands) + len(generation.forking) < self.limits.workers:
                generation.fork()
        else:
            self._bury(generation)

    def _heard_last(self, hand: Hand) -> None:
        """Hear what a worker said before it died."""
        hand.end.setblocking(False)
        try:
            kind, content, _ = channel.receive(hand.end)
            while self.writing.hear(hand, kind, content):
                kind, content, _ = channel.receive(hand.end)
        except OSError:
            return
        if kind and hand.held is not None:
            connection, hand.held = hand.held, None
            self._place(connection, kind, content)

    def _bereave(self, hand: Hand) -> None:
        """Tell the client of a dead worker, or break its answer off."""
        connection, hand.held = hand.held, None
        if connection is None or self.door is None:
            return
        words = hand.slot.words
        started, begun = words[Word.STARTED], words[Word.BEGUN]
        if not started and words[Word.SERIAL] != hand.serial:
            self.door.close(connection)  # what was asked had been answered
            return
        verdict = hand.verdict or "error"
        if hand.verdict and words[Word.SERIAL] != hand.judged:
            verdict = "busy"  # the next request had just come; let it be sent again
        asked = hand.slot.asked()
        self.killed += bool(hand.verdict)
        if begun:
            self.door.break_off(connection)
            self._count(verdict, 0, asked, begun, started)
        else:
            self.refuse(connection, verdict, asked, started)

    def refuse(
        self, connection: Connection, verdict: str, asked: str = "", started: int = 0
    ) -> None:
        """Answer a request that no worker answers."""
        if self.door is None:
            return
        if verdict == "client_gone":
            self.door.close(connection)
            self._count(verdict, 0, asked, 0, started)
            return
        status, detail = SENTENCES[verdict]
        call = connection.call
        deadline = patience(call, self.limits) if call else self.limits.deadline
        detail = detail.format(deadline=deadline, memory=self.limits.memory)
        if not asked and call:
            asked, started = f"{call.method} {call.path.decode('latin-1')}", connection.arrived
        retry = status is HTTPStatus.SERVICE_UNAVAILABLE
        self.door.refuse(connection, status, detail, retry=retry)
        self._count(verdict, status, asked, 0, started)

    def _count(self, verdict: str, status: int, asked: str, sent: int, started: int) -> None:
        self.outcomes[verdict] += 1
        if self.source.log is not None:
            spent = time.monotonic_ns() - started if started else 0
            os.write(self.source.log, line(asked, status, verdict, sent, spent))
