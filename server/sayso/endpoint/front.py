"""Serve: one process that holds the connections and watches over the workers.

It evaluates nothing and answers nothing but /health, /metrics and refusals, so that it
always answers. Workers (``sayso.endpoint.worker``) speak to the clients themselves.
"""

import asyncio
import logging
import signal
import socket
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from sayso.endpoint.door import Connection, Door, State
from sayso.endpoint.guard import Guard
from sayso.endpoint.limits import Limits
from sayso.endpoint.pool import Pool
from sayso.endpoint.status import Status
from sayso.endpoint.versions import Source
from sayso.endpoint.wire import Call
from sayso.endpoint.worker import OWN_PATHS
from sayso.errors import NotLoaded, SaysoError, ServingFailed

_LOG = logging.getLogger(__name__)
_SWEEP = 1.0
_MOST_CRASHES, _PERIOD = 3, 60.0


@dataclass
class Front:
    """A server over listening sockets; ``ready`` is called with each version that is served."""

    source: Source
    limits: Limits
    listening: list[socket.socket]
    ready: Callable[[str], None] = lambda _version: None
    _opened: bool = False
    _crashes: deque[float] = field(default_factory=deque)
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _fault: SaysoError | None = None

    async def serve(self) -> None:
        """Serve until SIGTERM or SIGINT; SIGHUP loads the graph anew.

        Raise NotLoaded where the graph cannot be loaded at first, and ServingFailed where its
        process ends three times in a minute.
        """
        loop = asyncio.get_running_loop()
        self.door = Door(self.limits, self.listening, self._take)
        self.pool = Pool(self.source, self.limits, self.door)
        self.pool.changed = self._changed
        self.door.make_room = self.pool.requests.make_room
        self.status = Status(self.pool)
        self.guard = Guard(self.pool)
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        loop.add_signal_handler(signal.SIGHUP, self.pool.load)
        self.pool.load()
        sweeper = loop.create_task(self._sweep())
        try:
            await self._stop.wait()
            await self._finish()
        finally:
            sweeper.cancel()
            self.guard.stop()
            self._close()
        if self._fault is not None:
            raise self._fault

    def _take(self, connection: Connection, call: Call) -> None:
        if call.path not in OWN_PATHS:
            self.pool.requests.take(connection, call)
            self.guard.wake()
            return
        answer = self.status.answer(call)
        if call.keep_alive:
            connection.socket.setblocking(False)
            connection.socket.send(answer)
            # Not at once: each of many in one piece would go deeper.
            asyncio.get_running_loop().call_soon(self.door.take_back, connection, call.rest)
        else:
            self.door.leave(connection, answer)

    def _changed(self, version: str, fault: str) -> None:
        if version:
            if not self._opened:
                self.door.open()
                self._opened = True
            self.ready(version)
        elif self.pool.current is not None:
            _LOG.error("the version before is served on: %s", fault)
        elif not self._opened or self._crashes_often():
            if self._opened:
                self._fault = ServingFailed(reason=fault)
            else:
                self._fault = NotLoaded(reason=fault)
            self._stop.set()
        else:
            _LOG.error("the graph is loaded anew: %s", fault)
            self.pool.load()

    def _crashes_often(self) -> bool:
        now = time.monotonic()
        self._crashes.append(now)
        while now - self._crashes[0] > _PERIOD:
            self._crashes.popleft()
        return len(self._crashes) >= _MOST_CRASHES

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP)
            self.door.sweep()
            self.pool.requests.sweep()
            self.pool.shrink()
            self.pool.mend_turns()

    async def _finish(self) -> None:
        """Let what is at work be answered, for a moment."""
        self.door.shut()
        end = time.monotonic() + min(self.limits.deadline, 5.0)
        while time.monotonic() < end and not self.pool.finish():
            await asyncio.sleep(0.02)

    def _close(self) -> None:
        for connection in list(self.door.connections):
            if connection.state is State.QUEUED:
                self.door.refuse(connection, HTTPStatus.SERVICE_UNAVAILABLE, "The server ends.")
            self.door.close(connection)
        self.pool.close()


def serve(
    source: Source,
    limits: Limits,
    listening: list[socket.socket],
    ready: Callable[[str], None] = lambda _version: None,
) -> None:
    """Serve until told to stop; raise NotLoaded or ServingFailed."""
    asyncio.run(_served(source, limits, listening, ready))


async def _served(
    source: Source,
    limits: Limits,
    listening: list[socket.socket],
    ready: Callable[[str], None],
) -> None:
    await Front(source, limits, listening, ready).serve()
