"""Let the engine load what Python reads, and keep the fault that the engine would hide."""

from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import chain

import pyoxigraph as ox

Read = Callable[[int], bytes]
_PART = 1 << 25  # bytes of lines that are loaded at once


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

    def load_lines(self, store: ox.Store, form: ox.RdfFormat) -> None:
        """Load a format whose lines stand alone, in parts that the engine reads on several cores.

        From the first blank node on all is one part, and read on one core, since the engine
        gives the same label another name each time that it loads. A store on disk would have a
        file for each part. Raise as ``load`` does.
        """
        before, parts = 0, self._parts()
        for part in parts:
            try:
                if b"_:" in part:
                    Stream(from_pieces(chain((part,), parts))).load(store, form)
                else:
                    _load(store, part, form)
            except SyntaxError as error:
                error.lineno = (error.lineno or 1) + before
                raise
            before += part.count(b"\n")

    def _parts(self) -> Iterator[bytes]:
        """Yield whole lines."""
        rest = b""
        while piece := self.read(_PART):
            whole, end, after = piece.rpartition(b"\n")
            if end:
                yield rest + whole + end
                rest = after
            else:
                rest += piece
        if rest:
            yield rest


def _load(store: ox.Store, part: bytes, form: ox.RdfFormat) -> None:
    """Load a part on several cores; what is wrong is looked for on one, where its line is known."""
    try:
        store.bulk_load(part, format=form)
    except SyntaxError:
        ox.Store().bulk_load(BytesIO(part), format=form)
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
