"""Know a worker from the front's side: what it is at, what it has grown to, and how to end it."""

import os
import resource
import signal
import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.endpoint import channel
from sayso.endpoint.board import Slot, Word
from sayso.endpoint.door import Connection
from sayso.endpoint.worker import GIVEN

if TYPE_CHECKING:
    from sayso.endpoint.versions import Generation

_PAGE = resource.getpagesize()
_TICKS = os.sysconf("SC_CLK_TCK")


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
