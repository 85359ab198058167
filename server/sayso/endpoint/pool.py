"""Start and end generations and their workers, and deal with what becomes of the workers."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

from sayso.endpoint import channel, losses
from sayso.endpoint.board import BUCKETS, Word
from sayso.endpoint.door import Door
from sayso.endpoint.hands import Hand
from sayso.endpoint.limits import Limits
from sayso.endpoint.ready import Ready
from sayso.endpoint.reloads import Reloads
from sayso.endpoint.requests import Requests
from sayso.endpoint.verdicts import Verdicts
from sayso.endpoint.versions import Generation, Source
from sayso.endpoint.worker import FETCH, number_of

_LOG = logging.getLogger(__name__)
_SPARE_FOR = 10.0  # seconds that a worker beyond the usual number stays idle
_BUSY = 0.1  # seconds; requests that take less are waited for
_GRACE = 1.0  # seconds after a worker's death in which all others have said what they hold
_COUNTED = (
    *range(Word.STORED, Word.HOLDS),
    *range(Word.OK, Word.LEAVE),
    *range(Word.BUCKET, Word.BUCKET + len(BUCKETS) + 1),
)


class Pool:
    """The current generation, those before it that still answer, and their workers."""

    def __init__(self, source: Source, limits: Limits, door: Door) -> None:
        self.source = source
        self.limits = limits
        self.ready = Ready.create()
        self.verdicts = Verdicts(limits, door, source.log)
        self.requests = Requests(limits, door, self.verdicts, self.ready)
        self.current: Generation | None = None
        self.next: Generation | None = None
        self.old: list[Generation] = []
        self.past: Counter[int] = Counter()  # what ended generations had counted
        self.reloads = self.failed_reloads = self.killed = 0
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
        self.next = Generation(source, self.limits, self.ready, early=self.current is None)
        self.next.listen(self._told)

    def _told(self, generation: Generation, kind: bytes, content: bytes, files: list[int]) -> None:
        if kind == b"R":
            self._serve(generation, content.decode())
        elif kind == b"W":
            self._enlist(generation.enlist(content, files))
        elif kind == b"C":
            generation.renew()
        elif kind == b"X" and generation is self.next:
            self._unloaded(generation, content.decode())
        elif not kind:
            self._ended(generation)

    def _serve(self, generation: Generation, version: str) -> None:
        before, self.current, self.next = self.current, generation, None
        generation.version = version
        self.reloads += before is not None
        for _ in range(self.limits.workers):
            generation.fork()
        if before is not None:
            self._drain(before)
        self.writing.ended("")
        self.changed(version, "")

    def _drain(self, generation: Generation) -> None:
        generation.drain()
        self.old.append(generation)
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
                self.killed += losses.bereave(hand, self.requests, self.verdicts)
            self.current = None
            self._close(generation)
            self.changed("", "The process that holds the graph ended.")

    def _bury(self, generation: Generation) -> None:
        if generation.draining and not generation.hands and not generation.forking:
            self.old.remove(generation)
            self._close(generation)

    def _close(self, generation: Generation) -> None:
        for word in _COUNTED:
            self.past[word] += generation.board.total(word)
        generation.close()

    def total(self, word: int) -> int:
        """Add up what the workers of all generations have counted."""
        return self.past[word] + sum(each.board.total(word) for each in self._living())

    def hands(self) -> list[Hand]:
        """Return all workers."""
        return [hand for generation in self._living() for hand in generation.hands.values()]

    def _living(self) -> Iterator[Generation]:
        yield from self.old
        if self.current is not None:
            yield self.current

    def finish(self) -> bool:
        """Let what waits and is at work be answered, and nothing more; say whether it is."""
        if self.requests.queue:
            return False
        if self.current is not None and not self.current.draining:
            self.current.drain()
        return not any(hand.started for hand in self.hands())

    def close(self) -> None:
        """End all generations at once."""
        for generation in (self.current, self.next, *self.old):
            if generation is not None:
                generation.close()
        self.ready.close()

    # Workers.

    def tend(self, now: float) -> None:
        """See to it that requests meet workers.

        Where all workers have been busy for a while, what clients send is read here, where it is
        bounded, and one more worker is forked. That is not done lightly: each worker copies, bit
        by bit, the pages of the graph that it goes through, as the engine counts references there.
        """
        generation, queue = self.current, self.requests.queue
        if generation is not None:
            hands = [hand for hand in generation.hands.values() if not hand.retired]
            if any(hand.busy_for(now) < _BUSY for hand in hands):
                if queue:
                    self.ready.call()  # who was called before may have ended
                return
        self.requests.take_over()
        if generation is not None and queue and not generation.forking:
            generation.fork()

    def mend_turns(self) -> None:
        """Give anew the turns that killed workers took along; call it about once a second."""
        for generation in self._living():
            generation.mend_turns()

    def shrink(self) -> None:
        """Let workers beyond the usual number end when they have been idle for a while."""
        if self.current is None:
            return
        hands = [hand for hand in self.current.hands.values() if not hand.retired]
        before = time.monotonic() - _SPARE_FOR
        idle = [hand for hand in hands if not hand.started and hand.idle_since < before]
        for hand in idle[: max(len(hands) - self.limits.workers, 0)]:
            hand.retire()

    def _enlist(self, hand: Hand) -> None:
        self._loop.add_reader(hand.end, self._heard, hand)
        self._loop.add_reader(hand.process, self._died, hand)

    def _heard(self, hand: Hand) -> None:
        try:
            kind, content, _ = channel.receive(hand.end)
        except OSError:
            kind, content = b"", b""
        if kind:
            self._do(hand, kind, content)
        else:
            self._loop.remove_reader(hand.end)  # the pidfd tells the rest

    def _do(self, hand: Hand, kind: bytes, content: bytes) -> None:
        if self.writing.hear(hand, kind, content):
            return
        number, data = number_of(content)
        if kind == FETCH:
            self.requests.give(hand, number)
        else:
            self.requests.place(number, kind, data)

    def _died(self, hand: Hand) -> None:
        self._loop.remove_reader(hand.process)
        for kind, content in losses.last_words(hand):
            self._do(hand, kind, content)
        self._loop.remove_reader(hand.end)
        self.killed += losses.bereave(hand, self.requests, self.verdicts)
        self.writing.bereave(hand)
        generation = hand.generation
        if not hand.retired and not generation.draining:
            self._loop.call_later(_GRACE, self._look_for_lost)
        generation.dismiss(hand)
        if generation is self.current:
            if len(generation.hands) + len(generation.forking) < self.limits.workers:
                generation.fork()
        else:
            self._bury(generation)

    def _look_for_lost(self) -> None:
        self.requests.look_for_lost({hand.slot.words[Word.HOLDS] for hand in self.hands()})
