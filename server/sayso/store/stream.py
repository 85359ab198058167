"""Let the engine read what Python reads, and keep the fault that the engine would hide."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader, RawIOBase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Read = Callable[[int], bytes]
_PIECE = 1 << 20  # bytes; the engine asks for 4,096 at a time


class _Raw(RawIOBase):
    """Bytes that are read by a function: at most so many as it is told, none at the end."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self.fault: Exception | None = None

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read some bytes."""
        view = memoryview(buffer)
        try:
            data = self._read(len(view))
        except Exception as error:
            self.fault = error
            raise
        view[: len(data)] = data
        return len(data)


@contextmanager
def streamed(read: Read) -> Iterator[BufferedReader]:
    """Give the engine what to read from; raise what reading raised, and not what that becomes."""
    raw = _Raw(read)
    try:
        yield BufferedReader(raw, _PIECE)
    except Exception as error:
        if raw.fault is not None:
            raise raw.fault from error
        raise


def from_pieces(pieces: Iterator[bytes]) -> Read:
    """Return what reads pieces of any length as one stream."""
    rest = memoryview(b"")

    def read(size: int) -> bytes:
        nonlocal rest
        while not rest:
            try:
                rest = memoryview(next(pieces))
            except StopIteration:
                return b""
        taken, rest = rest[:size], rest[size:]
        return bytes(taken)

    return read
