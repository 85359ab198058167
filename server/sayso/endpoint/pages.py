"""Give a worker its own copy of the graph's pages, in its idle time.

After a fork all workers share them, but the engine counts references in what it goes through, and
each count copies a page of 4 KiB: some microseconds, hundreds of times in a query, until all
that is ever read is copied. Copied before, in huge pages of 2 MiB, it costs no query anything,
and the engine finds its terms a quarter faster.

The system does not let go of a core while it copies a huge page, and whoever wants it waits for 5
ms. So only one worker copies at a time, and while others are asked, only now and then.
"""

import ctypes
import errno
import fcntl
import mmap
import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

_HUGE = 1 << 21
_WORTH = 128 << 20  # bytes; a smaller graph's pages are soon copied
_QUIET = 0.5  # seconds
_POPULATE_WRITE, _COLLAPSE = 23, 25  # madvise(2); Linux 5.14 and 6.1
_SET_SMALL, _GET_SMALL = 41, 42  # PR_SET_THP_DISABLE and its like, prctl(2)


class Pages:
    """The huge pages of this process that are not its own yet; none where ``most`` bytes are less.

    ``turn`` is a file that all workers have open, by which they take turns; ``asked`` counts the
    requests that any of them ever had. What the system does not offer is left undone.
    """

    def __init__(self, most: int, turn: int, asked: Callable[[], int]) -> None:
        self._turn = turn
        self._asked = asked
        self._known, self._since = asked(), time.monotonic()
        system = ctypes.CDLL(None, use_errno=True)
        self._madvise, self._prctl = system.madvise, system.prctl
        self._madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
        self._prctl.argtypes = (ctypes.c_int, *[ctypes.c_ulong] * 4)
        found = list(_places())
        self._left = deque(found if _WORTH <= len(found) * _HUGE <= most else ())
        self._attempts = 3 * len(self._left)

    def small_from_now_on(self) -> None:
        """Have new memory come in small pages; the huge ones that are there stay.

        What a long query needs comes so: to clear a huge page holds a core as copying one does.
        """
        self._prctl(_SET_SMALL, 1, 0, 0, 0)

    def own_one(self) -> bool:
        """Copy one more, if no other worker is at it; say whether the next may follow at once."""
        if not self._left or not self._attempts:
            return False
        try:
            fcntl.lockf(self._turn, fcntl.LOCK_EX | fcntl.LOCK_NB, 1)  # of a process, not of a fork
        except OSError:
            return False
        try:
            self._own_one()
        finally:
            fcntl.lockf(self._turn, fcntl.LOCK_UN, 1)
        return bool(self._left) and self._quiet()

    def _own_one(self) -> None:
        self._attempts -= 1
        place = self._left.popleft()
        if not self._copied(place):
            if ctypes.get_errno() == errno.EINVAL:  # the system knows no such thing
                self._left.clear()
            else:  # another worker is at the same page just now
                self._left.append(place)

    def _quiet(self) -> bool:
        """Say whether nobody has been asked for a while."""
        now, asked = time.monotonic(), self._asked()
        if asked != self._known:
            self._known, self._since = asked, now
        return now - self._since > _QUIET

    def _copied(self, place: int) -> bool:
        """Copy a huge page; one small page of it first, to part it from the others' processes."""
        small = self._prctl(_GET_SMALL, 0, 0, 0, 0)
        self._prctl(_SET_SMALL, 0, 0, 0, 0)
        failed = self._madvise(place, mmap.PAGESIZE, _POPULATE_WRITE) or self._madvise(
            place, _HUGE, _COLLAPSE
        )
        reason = ctypes.get_errno()
        self._prctl(_SET_SMALL, small, 0, 0, 0)
        ctypes.set_errno(reason)
        return not failed


def _places() -> Iterator[int]:
    """Find the whole huge pages in the memory that holds what was allocated."""
    for line in Path("/proc/self/maps").read_text(encoding="utf-8").splitlines():
        place, rights, _, _, inode, *name = line.split(maxsplit=5)
        if rights == "rw-p" and inode == "0" and name in ([], ["[heap]"]):
            first, last = (int(end, 16) for end in place.split("-"))
            yield from range(-(-first // _HUGE) * _HUGE, last - _HUGE + 1, _HUGE)


def share(workers: int) -> int:
    """Return the bytes that each worker may have of its own: together half the machine's."""
    return os.sysconf("SC_PHYS_PAGES") * mmap.PAGESIZE // 2 // workers
