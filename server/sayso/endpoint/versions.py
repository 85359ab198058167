"""Know one version of the graph from the front's side: its process, its workers, its answers."""

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from shutil import rmtree

from sayso.endpoint import channel
from sayso.endpoint.board import Board, Flag, Word
from sayso.endpoint.cache import evict, folder_in_memory
from sayso.endpoint.generation import Plan
from sayso.endpoint.hands import Hand, resident
from sayso.endpoint.limits import Limits
from sayso.endpoint.ready import Ready
from sayso.endpoint.turns import Turns

# Loading leaves the heap full of holes. The allocator of glibc goes through them in turn, so
# that a fork soon writes to, and thus copies, every page of them: 100 MB for a million quads.
# With room to remember freed pieces it takes the last one again. Huge pages are only for what the
# first thread allocates; the graph, which another loads, comes into them when a worker copies it.
# Other systems ignore this.
_MALLOC = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=1000:glibc.malloc.hugetlb=1"}


@dataclass(frozen=True)
class Source:
    """Where generations come from: the loader and its options, and who serves them.

    ``written`` are options that take the place of some to load what a worker has written.
    """

    loader: str
    options: dict[str, object]
    server: tuple[str, int]
    log: int | None = None
    written: dict[str, object] = field(default_factory=dict)

    def after_writing(self) -> "Source":
        """Return where the generation after a write comes from."""
        return replace(self, options={**self.options, **self.written})


class Generation:
    """One version of the graph: its process, its board, its workers and its kept answers."""

    def __init__(self, source: Source, limits: Limits, ready: Ready, *, early: bool) -> None:
        self.limits = limits
        self.board = Board.create(limits.most_workers)
        self.turns = Turns.create(limits.at_once)
        self.answers = folder_in_memory() if limits.cache else None
        self.evicted = 0
        self.version = ""
        self.hands: dict[int, Hand] = {}
        self.forking: set[int] = set()
        self.free = list(range(limits.most_workers, 0, -1))
        self.draining = False
        self.end, theirs = channel.pair()
        self.process = self._start(source, theirs, ready, early)
        theirs.close()
        self._loop = asyncio.get_running_loop()

    def _start(
        self, source: Source, theirs: socket.socket, ready: Ready, early: bool
    ) -> subprocess.Popen[bytes]:
        plan = Plan(
            source.loader,
            source.options,
            asdict(self.limits),
            source.server,
            os.getpid(),
            theirs.fileno(),
            self.board.descriptor,
            ready.descriptors,
            self.turns.descriptor,
            source.log,
            str(self.answers) if self.answers else None,
            early,
        )
        inherited = [plan.channel, plan.board, plan.turns, *plan.ready]
        inherited += [] if plan.log is None else [plan.log]
        command = [sys.executable, "-m", "sayso.endpoint.generation", json.dumps(asdict(plan))]
        return subprocess.Popen(  # noqa: S603 - this program itself
            command, pass_fds=inherited, stdin=subprocess.DEVNULL, env={**_MALLOC, **os.environ}
        )

    def listen(self, told: Callable[["Generation", bytes, bytes, list[int]], None]) -> None:
        """Call ``told`` with every message of the process; an empty kind says that it ended."""

        def readable() -> None:
            try:
                kind, content, files = channel.receive(self.end)
            except OSError:
                kind, content, files = b"", b"", []
            if not kind:
                self._loop.remove_reader(self.end)
            told(self, kind, content, files)

        self._loop.add_reader(self.end, readable)

    def fork(self) -> None:
        """Ask for one more worker, where a slot is free."""
        if self.free and not self.draining:
            number = self.free.pop()
            self.forking.add(number)
            with suppress(OSError):
                channel.send(self.end, b"F", str(number).encode())

    def enlist(self, content: bytes, files: list[int]) -> Hand:
        """Take a forked worker in."""
        told = json.loads(content)
        number, pid = told["number"], told["pid"]
        self.forking.discard(number)
        end, slot = socket.socket(fileno=files[0]), self.board.slot(number)
        hand = Hand(self, number, pid, files[1], end, slot, resident(pid))
        self.hands[number] = hand
        return hand

    def dismiss(self, hand: Hand) -> None:
        """Forget a worker that has ended, and give its turn to another."""
        self.turns.give(hand.slot.words[Word.TURN])
        hand.slot.clear()
        hand.slot.words.release()
        hand.end.close()
        os.close(hand.process)
        del self.hands[hand.number]
        self.free.append(hand.number)

    def renew(self) -> None:
        """Have workers that are forked now take the place of those that are there."""
        for hand in self.hands.values():
            hand.retire()

    def drain(self) -> None:
        """Tell the workers to end after the request at work."""
        self.draining = True
        self.board.set_flag(Flag.DRAINING, on=True)

    def mend_turns(self) -> None:
        """Give anew the turns that killed workers took along; call it about once a second."""
        self.turns.mend(self.board.total(Word.TURN))

    def bound_answers(self, stored: int) -> None:
        """Remove the oldest answers when all that were ever ``stored`` are too many."""
        if self.answers and stored - self.evicted > self.limits.cache:
            self.evicted = stored - evict(self.answers, self.limits.cache)

    def close(self) -> None:
        """End the process, wait for it, and give everything back."""
        self._loop.remove_reader(self.end)
        self.end.close()
        self.process.kill()
        self.process.wait()
        for hand in list(self.hands.values()):
            self._loop.remove_reader(hand.end)
            self._loop.remove_reader(hand.process)
            self.dismiss(hand)
        if self.answers:
            rmtree(self.answers, ignore_errors=True)
        self.board.close()
        self.turns.close()
