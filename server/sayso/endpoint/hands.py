"""Know one version's workers from the front's side: fork them, hand connections over, end them."""

import asyncio
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from shutil import rmtree

from sayso.endpoint import channel
from sayso.endpoint.board import Board, Flag, Slot, Word
from sayso.endpoint.cache import evict, folder_in_memory
from sayso.endpoint.door import Connection
from sayso.endpoint.generation import Plan
from sayso.endpoint.limits import Limits
from sayso.endpoint.ready import Ready
from sayso.endpoint.turns import Turns
from sayso.endpoint.worker import GIVEN

# Loading leaves the heap full of holes. The allocator of glibc goes through them in turn, so
# that a fork soon writes to, and thus copies, every page of them: 100 MB for a million quads.
# With room to remember freed pieces it takes the last one again. In huge pages the engine finds
# its terms a sixth faster, and a fork copies a five-hundredth of the page tables: 2 ms for 20.
# Other systems ignore this.
_MALLOC = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=1000:glibc.malloc.hugetlb=1"}
_PAGE = resource.getpagesize()
_TICKS = os.sysconf("SC_CLK_TCK")


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


@dataclass(eq=False)
class Hand:
    """A worker as the front sees it."""

    generation: "Generation"
    number: int
    pid: int
    process: int  # a pidfd
    end: socket.socket
    slot: Slot
    resident: int
    idle_since: float = field(default_factory=time.monotonic)
    busy_since: float = 0.0  # when the request at work was first seen
    slowed: bool = False
    size: int = 0  # bytes that it had grown by when it was last looked at
    watched: int = 0  # the serial of the request at work, when that was last looked at
    before: float = -1.0  # the processor's seconds before it; below 0 where not asked
    verdict: str = ""
    judged: int = 0  # the serial of the request that it is killed for
    writes: int = 0  # the serial of a request that may have changed what is loaded, untold

    @property
    def started(self) -> int:
        """When the request at work arrived, in monotonic nanoseconds; 0 where there is none."""
        return self.slot.words[Word.STARTED]

    @property
    def retired(self) -> bool:
        """Say whether it is to end."""
        return bool(self.slot.words[Word.LEAVE])

    def give(self, connection: Connection, raw: bytes) -> None:
        """Give a connection that the worker waits for, and what was read of its request."""
        self.slot.words[Word.HOLDS] = connection.number
        connection.socket.setblocking(True)
        message = GIVEN.pack(connection.number, connection.arrived) + raw
        with suppress(OSError):  # its death is told by its pidfd
            channel.send(self.end, b"C", message, (connection.socket.fileno(),))

    def give_nothing(self) -> None:
        """Let the worker wait again: another took what it came for."""
        self.slot.words[Word.HOLDS] = 0
        with suppress(OSError):
            channel.send(self.end, b"N")

    def look(self, now: float) -> None:
        """Note whether a request is at work, and since when the same one is."""
        serial = self.slot.words[Word.SERIAL]
        if not self.started:
            self.watched = 0
        elif self.watched != serial:
            self.watched, self.busy_since, self.before = serial, now, -1.0
        if self.watched:
            self.idle_since = now

    def busy_for(self, now: float) -> float:
        """Return the seconds for which the same request has been seen at work."""
        return now - self.busy_since if self.watched else 0.0

    def computed(self) -> float:
        """Return the seconds of a processor that the request at work had since first asked."""
        spent = processor(self.pid)
        if self.before < 0:
            self.before = spent
        return spent - self.before

    def grown(self) -> int:
        """Return by how many bytes the worker has grown since its fork."""
        return resident(self.pid) - self.resident

    def kill(self, verdict: str, serial: int) -> None:
        """End the worker for what its request did."""
        self.verdict, self.judged = verdict, serial
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.process, signal.SIGKILL)

    def miss_turn(self) -> None:
        """Let another worker take requests while this one has a long one."""
        if self.slot.words[Word.TURN]:
            self.slot.words[Word.TURN] = 0
            self.generation.turns.give()

    def retire(self) -> None:
        """Let the worker end when it is idle."""
        self.slot.words[Word.LEAVE] = 1


def processor(pid: int) -> float:
    """Return the seconds of a processor that a process has had for itself, 0 where it is gone.

    The system's seconds do not count: a new worker's first long query copies pages for long.
    """
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
        return int(fields[11]) / _TICKS
    except (OSError, IndexError):
        return 0.0


def resident(pid: int) -> int:
    """Return the resident bytes of a process, 0 where it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_bytes().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


class Generation:
    """One version of the graph: its process, its board, its workers and its kept answers."""

    def __init__(self, source: Source, limits: Limits, ready: Ready) -> None:
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
        self.process = self._start(source, theirs, ready)
        theirs.close()
        self._loop = asyncio.get_running_loop()

    def _start(
        self, source: Source, theirs: socket.socket, ready: Ready
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
