"""Let the engine load what Python reads, and keep the fault that the engine would hide."""

from collections.abc import Callable, Iterator

import pyoxigraph as ox

Read = Callable[[int], bytes]


class Stream:
    """What the engine reads from: at most so many bytes at a time, none at the end."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._fault: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        """Read some bytes."""
        try:
            return self._read(size)
        except Exception as error:
            self._fault = error
            raise

    def load(self, store: ox.Store, form: ox.RdfFormat, base: str | None = None) -> None:
        """Load all into a store; raise SyntaxError, OSError, or what reading raised."""
        try:
            store.bulk_load(self, format=form, base_iri=base)  # type: ignore[arg-type]
        except Exception as error:
            if self._fault is not None:
                raise self._fault from error
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
