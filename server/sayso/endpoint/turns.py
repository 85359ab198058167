"""Let as many workers take requests at a time as there are cores.

With more, each request would find its worker's data pushed out of the core's caches by another's,
and could lose the core in its midst. A worker keeps its turn from one request to the next. One
whose request takes long loses it: the front sees that and gives it to another.
"""

import os
import select
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Turns:
    """A semaphore between processes (eventfd(2)); ``count`` are the turns that there are."""

    descriptor: int
    count: int
    _missed: int = 0

    @classmethod
    def create(cls, count: int) -> "Turns":
        """Make it, for processes that are started later."""
        return cls(os.eventfd(count, os.EFD_SEMAPHORE | os.EFD_NONBLOCK | os.EFD_CLOEXEC), count)

    def take(self, seconds: float) -> bool:
        """Wait for a turn, so long at most; say whether it came."""
        waiting = select.poll()
        waiting.register(self.descriptor, select.POLLIN)
        if waiting.poll(seconds * 1000):
            with suppress(BlockingIOError):  # another was faster
                os.eventfd_read(self.descriptor)
                return True
        return False

    def give(self, count: int = 1) -> None:
        """Give turns to whoever waits or comes."""
        os.eventfd_write(self.descriptor, count)

    def mend(self, taken: int) -> None:
        """Give anew what is neither free nor ``taken``; call it now and then.

        A worker that was killed in the moment between taking a turn and saying so has lost it.
        What is missing at one time only, a worker has not yet said that it has.
        """
        missing = max(self.count - taken - self.free, 0)
        lost, self._missed = min(missing, self._missed), missing
        if lost:
            self._missed -= lost
            self.give(lost)

    @property
    def free(self) -> int:
        """The turns that nobody has (proc_pid_fdinfo, section 5 of the manual)."""
        place = Path(f"/proc/self/fdinfo/{self.descriptor}")
        lines = place.read_text(encoding="ascii").splitlines()
        told = dict(line.split(":", 1) for line in lines if ":" in line)
        return int(told["eventfd-count"], 16)

    def close(self) -> None:
        """Give the descriptor back."""
        os.close(self.descriptor)
