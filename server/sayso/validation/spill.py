"""Keep what is made now and needed later in a file, so that it takes no memory until then."""

import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Generic, TypeVar, cast

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Packed(Generic[Made]):
    """A thing as it goes between processes and into a file."""

    content: bytes

    @classmethod
    def of(cls, made: Made) -> "Packed[Made]":
        """Pack something; `unpacked` is the inverse."""
        return cls(pickle.dumps(made, pickle.HIGHEST_PROTOCOL))

    def unpacked(self) -> Made:
        """Make the thing anew."""
        return cast("Made", _loaded(self.content))


@dataclass(frozen=True, slots=True)
class Spilled(Generic[Made]):
    """Where in the file a thing is, which a process that is forked can read, too."""

    file: int
    start: int
    length: int

    def unpacked(self) -> Made:
        """Make the thing anew."""
        return cast("Made", _loaded(os.pread(self.file, self.length, self.start)))


class Spill:
    """A file without a name, which ends with the program."""

    def __init__(self, file: IO[bytes] | None) -> None:
        self._file, self._end = file, 0

    def put(self, packed: Packed[Made]) -> Packed[Made] | Spilled[Made]:
        """Put a thing into the file; where that has no room, it is kept as it is."""
        if self._file is None:
            return packed
        start, length = self._end, len(packed.content)
        with suppress(OSError):
            # A part may have been written where the disk is full; the next writes over it.
            if os.pwrite(self._file.fileno(), packed.content, start) == length:
                self._end += length
                return Spilled(self._file.fileno(), start, length)
        return packed


@contextmanager
def spilling() -> Iterator[Spill]:
    """Open such a file for a while."""
    try:
        file = TemporaryFile(prefix="sayso-check-")  # noqa: SIM115 - closed below
    except OSError:
        yield Spill(None)
        return
    with file:
        yield Spill(file)


def _loaded(content: bytes) -> object:
    # Packed by the same run of this program, in memory or in a file that only it can open.
    return pickle.loads(content)  # noqa: S301
