"""Hold how the files of a folder looked, to know again which of them have changed.

Like git's index, a file is trusted that has the size, the times and the inode that it had, unless
it was written so shortly before it was looked at that it may have changed since (git's "racily
clean"); then its content counts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from sayso.store.files import read_bytes
from sayso.validation.naming import Naming

_SETTLED = 2 * 10**9  # nanoseconds, within which a file system may give two writes one time


class Kind(IntEnum):
    """What a file is in its folder."""

    WORDS = 0
    SHARED = 1
    RECORD = 2


@dataclass(frozen=True)
class Entry:
    """A file as it was when it was last looked at, in nanoseconds."""

    id: int
    kind: Kind
    signature: str
    looked: int
    digest: bytes

    def is_sure_to_be(self, signature: str) -> bool:
        """Whether a file that looks like this now has not changed."""
        touched = max(map(int, signature.split()[:2]))
        return signature == self.signature and touched < self.looked - _SETTLED


@dataclass(frozen=True)
class Taken:
    """A file as it is taken into the index; what it names is made anew when it is needed."""

    path: Path
    kind: Kind
    graph: str
    signature: str
    looked: int
    digest: bytes
    claims: int
    naming: Callable[[], Naming]


def signature(path: Path) -> str:
    """Return how a file looks from outside: its times, its size and its inode."""
    try:
        told = path.stat()
    except OSError:
        read_bytes(path)  # says what is wrong
        raise
    return f"{told.st_mtime_ns} {told.st_ctime_ns} {told.st_size} {told.st_ino}"
