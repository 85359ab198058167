"""Watch the requests at work: their time, their memory, their clients; slow the long ones down."""

import asyncio
import os
import select
import time
from collections.abc import Iterable
from contextlib import suppress
from itertools import chain

from sayso.endpoint.board import Word
from sayso.endpoint.door import Connection, State
from sayso.endpoint.hands import Hand
from sayso.endpoint.pool import Pool
from sayso.endpoint.wire import patience

TICK = 0.025
_GONE = select.POLLHUP | select.POLLERR
_HALF = select.POLLRDHUP
_SWOLLEN = 16  # a worker that keeps this part of the bound on memory is replaced


class Guard:
    """Look at all workers every 25 ms while they have any connection."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.limits = pool.limits
        self._loop = asyncio.get_running_loop()
        self._ticking = False
        self._timer: asyncio.TimerHandle | None = None

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
        pool, requests = self.pool, self.pool.requests
        now = time.monotonic_ns()
        hands = pool.hands()
        for hand in hands:
            hand.look(now / 1e9)
        at_work = [hand for hand in hands if hand.watched]
        gone = self._gone(filter(None, map(requests.of, at_work)))
        for hand in at_work:
            self._judge(hand, now, gone)
        self._bound(at_work)
        self._queued(gone)
        pool.tend(now / 1e9)
        if pool.current is not None and pool.current.answers:
            pool.current.bound_answers(pool.current.board.total(Word.STORED))
        if at_work or requests.held or requests.queue:
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
        elif self.pool.requests.of(hand) in gone:
            hand.kill("client_gone", serial)
        elif age > TICK:
            hand.miss_turn()
            grown = hand.size = hand.grown()
            if grown > self.limits.memory // _SWOLLEN:
                hand.retire()
            if grown > self.limits.memory:
                hand.kill("memory", serial)
            elif not hand.slowed and hand.computed() > self.limits.long:
                hand.slowed = True
                hand.retire()
                # It gives way at once (sched(7)), where nice 19 would take its slice.
                with suppress(OSError):
                    os.sched_setscheduler(hand.pid, os.SCHED_IDLE, os.sched_param(0))

    def _bound(self, at_work: list[Hand]) -> None:
        """Keep all at work together in their bound: the largest gives way.

        A small query loses nothing by a large one.
        """
        living = [hand for hand in at_work if not hand.verdict]  # one that is killed gives all back
        if sum(hand.size for hand in living) > self.limits.together:
            largest = max(living, key=lambda hand: hand.size)
            largest.kill("together", largest.slot.words[Word.SERIAL])

    def _gone(self, at_work: Iterable[Connection]) -> set[Connection]:
        """Find the clients that wait no more; one that only stopped sending gets a little time."""
        waiting = {
            connection.socket.fileno(): connection
            for connection in chain(at_work, self.pool.requests.queue)
            if connection.state is not State.CLOSED
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
        queue, now = self.pool.requests.queue, time.monotonic_ns()
        for connection in list(queue):
            call = connection.call
            if connection in gone:
                queue.remove(connection)
                self.pool.verdicts.refuse(connection, "client_gone")
            elif call and now - connection.arrived > patience(call, self.limits) * 1e9:
                queue.remove(connection)
                self.pool.verdicts.refuse(connection, "busy")
