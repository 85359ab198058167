"""Wait together for the next requests of connections: the front and all workers share an epoll.

What is armed is told once and to one process only (EPOLLONESHOT), whose it is until it arms it
again. So whichever worker has nothing to do takes the next request, and what a busy or a
killed worker does not take is left to the others. (The wait is last in, first out: few
requests keep few workers busy, whose caches are warm.)

epoll knows a connection by the descriptor it has in the process that arms it, and Python would
tell just that number, which is another file elsewhere. So the system's own call is made here,
and what is told is the connection's number, the same for all.
"""

import ctypes
import os
import platform
import select
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

CALL = 0  # what is told when the front has requests; no connection has this number
_ARMED = select.EPOLLIN | select.EPOLLRDHUP | select.EPOLLONESHOT
_ADD, _CHANGE = 1, 3  # EPOLL_CTL_ADD and EPOLL_CTL_MOD
_PRIVATE = 0xF0000000  # how an event is told, not which
_AT_ONCE = 64


class _Event(ctypes.Structure):
    """What the system is told (epoll_event); only on one kind of machine is it packed."""

    _pack_ = 1 if platform.machine() == "x86_64" else 8
    _fields_ = (("events", ctypes.c_uint32), ("data", ctypes.c_uint64))


@dataclass
class Ready:
    """The epoll, and an eventfd by which the front calls a worker."""

    epoll: select.epoll
    bell: int
    _event: _Event = field(default_factory=_Event)
    _control: Callable[[int, int], None] = field(init=False)

    def __post_init__(self) -> None:
        """Look the system's call up once, since it is made at each request."""
        control = ctypes.CDLL(None, use_errno=True).epoll_ctl
        epoll, place = self.epoll.fileno(), ctypes.byref(self._event)

        def controlled(action: int, descriptor: int) -> None:
            if control(epoll, action, descriptor, place):
                code = ctypes.get_errno()
                raise OSError(code, os.strerror(code))

        self._control = controlled

    @classmethod
    def create(cls) -> "Ready":
        """Make both, for processes that are started later."""
        ready = cls(select.epoll(), os.eventfd(0, os.EFD_NONBLOCK))
        ready._event.events, ready._event.data = select.EPOLLIN | select.EPOLLET, CALL
        ready._control(_ADD, ready.bell)
        return ready

    @classmethod
    def of(cls, descriptors: tuple[int, int]) -> "Ready":
        """Take both over from the process that made them."""
        return cls(select.epoll.fromfd(descriptors[0]), descriptors[1])

    @property
    def descriptors(self) -> tuple[int, int]:
        """What a process needs to take part."""
        return self.epoll.fileno(), self.bell

    def arm(self, descriptor: int, number: int) -> None:
        """Have one process told when the client sends or leaves; at once if it has already."""
        self._event.events, self._event.data = _ARMED, number
        try:
            self._control(_CHANGE, descriptor)
        except FileNotFoundError:  # not armed by this process before
            self._control(_ADD, descriptor)

    def call(self) -> None:
        """Call a worker to take a request from the front."""
        os.eventfd_write(self.bell, 1)

    def wait(self, seconds: float) -> int | None:
        """Return the number of a connection, which is the caller's from now on, or CALL."""
        for number, _ in self.epoll.poll(seconds, 1):
            return number
        return None

    def take(self) -> list[int]:
        """Take all that nobody has taken."""
        return [number for number, _ in self.epoll.poll(0, _AT_ONCE) if number != CALL]

    def armed(self) -> set[int]:
        """Tell what is armed (proc_pid_fdinfo, section 5 of the manual)."""
        return set(self._armed())

    def _armed(self) -> Iterator[int]:
        place = Path(f"/proc/self/fdinfo/{self.epoll.fileno()}")
        for line in place.read_text(encoding="ascii").splitlines():
            words = line.split()
            if words[0] == "tfd:" and int(words[3], 16) & ~_PRIVATE:
                yield int(words[5], 16)

    def close(self) -> None:
        """Give both back."""
        self.epoll.close()
        os.close(self.bell)
