"""Know which requests wait for a worker, and which connections the workers have."""

from collections import deque

from sayso.endpoint.board import Word
from sayso.endpoint.door import Connection, Door, State
from sayso.endpoint.hands import Hand
from sayso.endpoint.limits import Limits
from sayso.endpoint.ready import CALL, Ready
from sayso.endpoint.verdicts import Verdicts
from sayso.endpoint.wire import Call
from sayso.endpoint.worker import BACK, END

_STILL = 0.5  # seconds


class Requests:
    """The queue, and by their numbers the connections that workers have.

    A request waits until a worker comes for it: so it never stands behind another at a worker
    that had just begun. Afterwards its connection stays with the workers, all of them.
    """

    def __init__(self, limits: Limits, door: Door, verdicts: Verdicts, ready: Ready) -> None:
        self.queue: deque[Connection] = deque()
        self.held: dict[int, Connection] = {}
        self._limits = limits
        self._door = door
        self._verdicts = verdicts
        self._ready = ready

    def take(self, connection: Connection, call: Call) -> None:  # noqa: ARG002 - as the door calls
        """Let a request wait for a worker; refuse it when too many wait."""
        if len(self.queue) >= self._limits.queue:
            self._verdicts.refuse(connection, "busy")
            return
        connection.enter(State.QUEUED)
        self.queue.append(connection)
        self._ready.call()

    def give(self, hand: Hand, number: int) -> None:
        """Give a worker what it came for: a connection that it does not know, or a request."""
        connection = self._next() if number == CALL else self.held.get(number)
        if connection is None:
            hand.give_nothing()
            return
        raw = connection.call.raw if number == CALL and connection.call else b""
        hand.give(connection, raw)

    def _next(self) -> Connection | None:
        while self.queue:
            connection = self.queue.popleft()
            if connection.state is State.QUEUED:
                connection.enter(State.HELD)
                self.held[connection.number] = connection
                if self.queue:
                    self._ready.call()
                return connection
        return None

    def of(self, hand: Hand) -> Connection | None:
        """Return the connection that a worker has in hand."""
        return self.held.get(hand.slot.words[Word.HOLDS])

    def release(self, number: int) -> Connection | None:
        """Take a connection from the workers."""
        return self.held.pop(number, None)

    def place(self, number: int, kind: bytes, data: bytes) -> None:
        """Do with a connection what the worker that had it says."""
        connection = self.release(number)
        if connection is None or connection.state is not State.HELD:
            return
        if kind == BACK:
            self._door.take_back(connection, data)
        elif kind == END:
            self._door.leave(connection, b"")
        else:
            self._door.break_off(connection)

    def take_over(self) -> None:
        """Read the requests that no worker has come for: they wait here, where they are bounded."""
        for number in self._ready.take():
            self.place(number, BACK, b"")

    def look_for_lost(self, busy: set[int]) -> None:
        """Take connections back that a worker was told of and then could not answer.

        It was killed at that very moment. Nobody has such a connection, nor will be told of it.
        """
        in_doubt = self.held.keys() - self._ready.armed() - busy
        for number in in_doubt:
            if self.held[number].quiet() > _STILL:  # the others came and went meanwhile
                self.place(number, BACK, b"")

    def sweep(self) -> None:
        """Close the connections that have been idle for too long; call it about once a second."""
        for quiet, connection in self._idle():
            if quiet > self._limits.idle:
                self._close(connection)

    def make_room(self) -> None:
        """Close a tenth of the idle connections, those that have been so for longest."""
        idle = sorted(self._idle(), key=lambda pair: -pair[0])
        for _, connection in idle[: 1 + len(idle) // 10]:
            self._close(connection)

    def _idle(self) -> list[tuple[float, Connection]]:
        armed = self._ready.armed() & self.held.keys()
        return [(self.held[number].quiet(), self.held[number]) for number in armed]

    def _close(self, connection: Connection) -> None:
        self.release(connection.number)
        self._door.close(connection)
