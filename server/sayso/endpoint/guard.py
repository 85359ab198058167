"""Watch the requests at work: their time, their memory, their clients; slow the long ones down."""

import asyncio
import os
import select
import time
from contextlib import suppress
from itertools import chain

from sayso.endpoint.board import Word
from sayso.endpoint.door import Connection, State
from sayso.endpoint.hands import Hand
from sayso.endpoint.pool import Pool
from sayso.endpoint.wire import patience

TICK = 0.025
_LOWEST = 19
_GONE = select.POLLHUP | select.POLLERR
_HALF = select.POLLRDHUP
_SWOLLEN = 4  # a worker that keeps this part of the bound on memory is replaced


class Guard:
    """Look at all workers every 25 ms while any of them holds a connection."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.limits = pool.limits
        self._loop = asyncio.get_running_loop()
        self._ticking = False
        self._timer: asyncio.TimerHandle | None = None
        pool.wake = self.wake

    def wake(self) -> None:
        """Begin to look, if not looking already."""
        if not self._ticking:
            self._ticking = True
            self._timer = self._loop.call_later(TICK, self._tick)

    def stop(self) -> None:
        """Look no more: what there was to look at is closed."""
        self._ticking = True  # as if looking, so that nothing wakes it
        if self._timer is not None:
            self._timer.cancel()

    def _tick(self) -> None:
        pool = self.pool
        held = [
            hand
            for generation in (pool.current, *pool.old)
            if generation is not None
            for hand in generation.hands.values()
            if hand.held is not None
        ]
        now = time.monotonic_ns()
        gone = self._gone(held)
        for hand in held:
            self._judge(hand, now, gone)
        self._queued(gone)
        pool.grow()
        if pool.current is not None and pool.current.answers:
            pool.current.bound_answers(pool.current.board.total(Word.STORED))
        if held or pool.queue:
            self._timer = self._loop.call_later(TICK, self._tick)
        else:
            self._ticking = False

    def _judge(self, hand: Hand, now: int, gone: set[Connection]) -> None:
        words = hand.slot.words
        started, serial = words[Word.STARTED], words[Word.SERIAL]
        if not started or hand.verdict:
            return
        age = (now - started) / 1e9
        if now > words[Word.DEADLINE]:
            hand.kill("timeout", serial)
        elif hand.held in gone:
            hand.kill("client_gone", serial)
        elif age > TICK:
            grown = hand.grown()
            hand.swollen = grown > self.limits.memory // _SWOLLEN
            if grown > self.limits.memory:
                hand.kill("memory", serial)
            elif not hand.slowed and hand.computed(serial) > self.limits.long:
                hand.slowed = True
                with suppress(OSError):
                    os.setpriority(os.PRIO_PROCESS, hand.pid, _LOWEST)

    def _gone(self, held: list[Hand]) -> set[Connection]:
        """Find the clients that wait no more; one that only stopped sending gets a little time."""
        waiting = {
            connection.socket.fileno(): connection
            for connection in chain((hand.held for hand in held), self.pool.queue)
            if connection is not None and connection.state is not State.CLOSED
        }
        watch = select.poll()
        for descriptor in waiting:
            watch.register(descriptor, _HALF)
        gone = set()
        now = time.monotonic()
        for descriptor, events in watch.poll(0):
            connection = waiting[descriptor]
            connection.half_closed = connection.half_closed or now
            if events & _GONE or now - connection.half_closed > self.limits.half_closed:
                gone.add(connection)
        return gone

    def _queued(self, gone: set[Connection]) -> None:
        pool, now = self.pool, time.monotonic_ns()
        for connection in list(pool.queue):
            call = connection.call
            if connection in gone:
                pool.queue.remove(connection)
                pool.refuse(connection, "client_gone")
            elif call and now - connection.arrived > patience(call, self.limits) * 1e9:
                pool.queue.remove(connection)
                pool.refuse(connection, "busy")
