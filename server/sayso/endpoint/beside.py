"""Make bytes in a process of its own, while this one goes on; whoever asks for them waits.

Those who wait may have been forked later, and share the memory. What is whole is sealed, so a
process that is killed in between leaves nothing that passes for it.
"""

import fcntl
import logging
import os
import select
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sayso.endpoint.generation import end_with_parent

_NICE = 10  # who asks for something else comes first
_SEALS = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE


@dataclass(frozen=True)
class Beside:
    """Bytes that another process makes; it ends with this one."""

    memory: int  # a descriptor, as is the next
    ended: int  # a pipe that the maker closes

    def get(self) -> bytes | None:
        """Wait for the bytes and return them, None where the process failed."""
        waiting = select.poll()
        waiting.register(self.ended, 0)  # that it is closed is always told
        waiting.poll()
        if fcntl.fcntl(self.memory, fcntl.F_GET_SEALS) != _SEALS:
            return None
        return os.pread(self.memory, os.fstat(self.memory).st_size, 0)


def beside(number: int, make: Callable[[], Iterable[bytes]]) -> list[Beside]:
    """Have so many made, one after the other, in a process that is forked now.

    This one must have a single thread.
    """
    pairs = [_begun() for _ in range(number)]
    parent = os.getpid()
    if not os.fork():
        try:
            end_with_parent(parent)
            os.nice(_NICE)
            for content, (made, end) in zip(make(), pairs, strict=True):
                _write(made.memory, content)
                os.close(end)
        except BaseException:
            logging.getLogger(__name__).exception("what is not made is made when asked for")
        finally:
            os._exit(0)
    for _, end in pairs:
        os.close(end)
    return [made for made, _ in pairs]


def _begun() -> tuple[Beside, int]:
    memory = os.memfd_create("sayso-beside", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    ended, end = os.pipe()
    return Beside(memory, ended), end


def _write(memory: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(memory, left) :]
    fcntl.fcntl(memory, fcntl.F_ADD_SEALS, _SEALS)
