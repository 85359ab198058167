"""Keep the connections that no worker holds: accept them, and read requests until they are whole.

A client that is slow to send costs an entry here and no worker.
"""

import asyncio
import ctypes
import socket
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from http import HTTPStatus
from itertools import count

from sayso.endpoint.limits import Limits
from sayso.endpoint.refusal import refusal
from sayso.endpoint.wire import Call, Known, Refused, RequestReader

_READ = 65_536
_FAREWELL = 2.0  # seconds in which a refused client may finish sending, so that it reads why
_AT_ONCE = 100
_MOST_NUMBERS = (1 << 31) - 1
_TCP_INFO = struct.Struct("=44xI4xI")  # milliseconds since data were sent and received (tcp(7))
_NOWHERE = bytes(16)  # an address of no family: to connect there resets a connection (connect(2))


class State(Enum):
    """Where a connection is."""

    READING = "reading"
    QUEUED = "queued"
    HELD = "held"
    LEAVING = "leaving"
    CLOSED = "closed"


@dataclass(eq=False)
class Connection:
    """A client's connection; ``since`` is when it came into its state, in monotonic seconds."""

    number: int
    socket: socket.socket
    reader: RequestReader
    state: State = State.READING
    since: float = field(default_factory=time.monotonic)
    call: Call | None = None
    arrived: int = 0
    half_closed: float = 0.0

    def enter(self, state: State) -> None:
        """Come into a state."""
        self.state, self.since = state, time.monotonic()

    def quiet(self) -> float:
        """Return the seconds since anything was sent or received, or since its last state."""
        try:
            told = self.socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _TCP_INFO.size)
        except OSError:
            return 0.0
        sent: int
        received: int
        sent, received = _TCP_INFO.unpack(told)
        return min(time.monotonic() - self.since, sent / 1000, received / 1000)


class Door:
    """The listening sockets and the connections; ``take`` gets each whole request."""

    def __init__(
        self,
        limits: Limits,
        listening: list[socket.socket],
        take: Callable[[Connection, Call], None],
    ) -> None:
        self.limits = limits
        self.listening = listening
        self.take = take
        self.connections: set[Connection] = set()
        self.make_room: Callable[[], None] = lambda: None
        self._numbers = count()
        self._system = ctypes.CDLL(None)
        self._known = Known(limits)
        self._loop = asyncio.get_running_loop()

    def open(self) -> None:
        """Begin to accept."""
        for listener in self.listening:
            listener.setblocking(False)
            self._loop.add_reader(listener, self._accept, listener)

    def shut(self) -> None:
        """Accept no more, and close what is idle."""
        for listener in self.listening:
            self._loop.remove_reader(listener)
            listener.close()
        for connection in [c for c in self.connections if c.state is State.READING]:
            self.close(connection)

    def _accept(self, listener: socket.socket) -> None:
        for _ in range(_AT_ONCE):
            try:
                accepted, _ = listener.accept()
            except (BlockingIOError, ConnectionAbortedError):
                return
            except OSError:  # no descriptor is left
                self._close_oldest()
                return
            if len(self.connections) >= self.limits.connections:
                self._close_oldest()
            accepted.setblocking(False)
            with suppress(OSError):
                accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            number = 1 + next(self._numbers) % _MOST_NUMBERS
            connection = Connection(number, accepted, RequestReader(self.limits, self._known))
            self.connections.add(connection)
            self._loop.add_reader(accepted, self._readable, connection)
            self._readable(connection)

    def _close_oldest(self) -> None:
        idle = [c for c in self.connections if c.state in {State.READING, State.LEAVING}]
        if idle:
            self.close(min(idle, key=lambda connection: connection.since))
        else:
            self.make_room()

    def _readable(self, connection: Connection) -> None:
        try:
            data = connection.socket.recv(_READ)
        except BlockingIOError:
            return
        except OSError:
            self.close(connection)
            return
        if not data:
            self.close(connection)
        elif connection.state is State.READING:
            self._feed(connection, data)

    def _feed(self, connection: Connection, data: bytes) -> None:
        reader = connection.reader
        if not reader.raw:
            connection.since = time.monotonic()
        try:
            call = reader.feed(data)
        except Refused as refused:
            self.refuse(connection, refused.status, refused.detail)
            return
        if call is None:
            if reader.expects:
                reader.expects = False
                self._send(connection, b"HTTP/1.1 100 Continue\r\n\r\n")
            return
        self._loop.remove_reader(connection.socket)
        connection.call, connection.arrived = call, time.monotonic_ns()
        self.take(connection, call)

    def take_back(self, connection: Connection, data: bytes) -> None:
        """Read on where a worker has stopped; ``data`` is what it had read of the next request."""
        if connection.state is State.CLOSED:
            return
        connection.reader = RequestReader(self.limits, self._known)
        connection.call = None
        connection.half_closed = 0.0
        connection.enter(State.READING)
        try:
            connection.socket.setblocking(False)
            self._loop.add_reader(connection.socket, self._readable, connection)
        except (OSError, ValueError):
            self.close(connection)
            return
        if data:
            self._feed(connection, data)

    def refuse(
        self,
        connection: Connection,
        status: HTTPStatus,
        detail: str,
        *,
        head_only: bool = False,
        retry: bool = False,
    ) -> None:
        """Answer with a status, and close when the client has read it."""
        self.leave(connection, refusal(status, detail, head_only=head_only, retry=retry))

    def leave(self, connection: Connection, answer: bytes) -> None:
        """Send a last answer; closing at once could take it back (RFC 9112, section 9.6)."""
        connection.enter(State.LEAVING)
        if answer:
            self._send(connection, answer)
        with suppress(OSError):
            connection.socket.shutdown(socket.SHUT_WR)
            self._loop.add_reader(connection.socket, self._readable, connection)

    def _send(self, connection: Connection, data: bytes) -> None:
        with suppress(OSError):
            connection.socket.setblocking(False)
            connection.socket.send(data)

    def break_off(self, connection: Connection) -> None:
        """Reset the connection, so that the client knows its answer is not whole.

        It is reset whoever else has it open, which closing it would not do.
        """
        self._system.connect(connection.socket.fileno(), _NOWHERE, len(_NOWHERE))
        self.close(connection)

    def close(self, connection: Connection) -> None:
        """Close a connection."""
        if connection.state is State.CLOSED:
            return
        self._loop.remove_reader(connection.socket)
        connection.enter(State.CLOSED)
        with suppress(OSError):  # workers may have it open, too
            connection.socket.shutdown(socket.SHUT_RDWR)
        connection.socket.close()
        self.connections.discard(connection)

    def sweep(self) -> None:
        """Close what was idle for too long or is too slow; call it about once a second."""
        now = time.monotonic()
        for connection in list(self.connections):
            waited = now - connection.since
            if connection.state is State.LEAVING and waited > _FAREWELL:
                self.close(connection)
            elif connection.state is State.READING and not connection.reader.raw:
                if waited > self.limits.idle:
                    self.close(connection)
            elif connection.state is State.READING and waited > self.limits.arrival:
                detail = "The request did not arrive in time."
                self.refuse(connection, HTTPStatus.REQUEST_TIMEOUT, detail)
