"""Share the state of the workers between processes: a page of memory with a slot for each.

The words of a slot are written by its worker, but for those that are said to be the front's:
eight bytes each, aligned, so that none is ever seen half-written.
"""

import mmap
import os
import time
from bisect import bisect_left
from dataclasses import dataclass
from enum import IntEnum

_SLOT = 1024
_TEXT = 512
_WORDS = _SLOT // 8
_MARKS = 1 << 18  # bytes, after the slots: which requests were seen
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Word(IntEnum):
    """The words of a slot."""

    STARTED = 0  # monotonic nanoseconds; 0 where no request is at work
    DEADLINE = 1  # monotonic nanoseconds
    BEGUN = 2  # bytes of the answer that may have left
    SERIAL = 3  # counts the requests
    STORED = 4  # bytes given to the answer cache, ever
    BYTES = 5  # bytes sent, ever
    NANOSECONDS = 6  # spent on requests, ever
    HOLDS = 7  # the number of the connection that the worker has in hand
    OK = 8
    CACHED = 9
    ERROR = 10
    TOO_LARGE = 11
    CLIENT_GONE = 12
    LEAVE = 13  # the front's: end when the request at work is answered
    NEXT = 14  # the serial of the request that is to begin
    TURN = 15  # 1 where the worker may take requests; the front takes it away
    BUCKET = 16


_FIRST = int(Word.BUCKET)


class Flag(IntEnum):
    """The words of the first slot, which the front writes and all workers read."""

    DRAINING = 0  # a newer version is served: end when the request at work is answered


@dataclass(frozen=True)
class Board:
    """The page of one generation; slot 0 holds the flags."""

    descriptor: int
    slots: int
    memory: mmap.mmap
    words: memoryview

    @classmethod
    def create(cls, workers: int) -> "Board":
        """Make a page that other processes can open by its descriptor."""
        descriptor = os.memfd_create("sayso-board", 0)
        os.ftruncate(descriptor, _SLOT * (workers + 1) + _MARKS)
        return cls.open(descriptor, workers)

    @classmethod
    def open(cls, descriptor: int, workers: int) -> "Board":
        """Map the page of a descriptor."""
        memory = mmap.mmap(descriptor, _SLOT * (workers + 1) + _MARKS)
        return cls(descriptor, workers, memory, memoryview(memory).cast("Q"))

    def flag(self, flag: Flag) -> bool:
        """Read a flag."""
        return bool(self.words[flag])

    def set_flag(self, flag: Flag, *, on: bool) -> None:
        """Write a flag."""
        self.words[flag] = int(on)

    def slot(self, number: int) -> "Slot":
        """Return the slot of a worker; they are numbered from 1."""
        start = number * _WORDS
        return Slot(self.words[start : start + _WORDS], self.memory, number * _SLOT + _TEXT)

    def total(self, word: int) -> int:
        """Add up a word over all workers, dead ones too."""
        return sum(self.words[number * _WORDS + word] for number in range(1, self.slots + 1))

    def seen(self, digest: bytes) -> bool:
        """Mark a request, told by at least eight random bytes, and say whether it was marked.

        A later one may take its mark; that it seems marked without having been is one chance in
        four thousand million.
        """
        place = (self.slots + 1) * _SLOT + (
            int.from_bytes(digest[:4], "little") % (_MARKS // 4)
        ) * 4
        mark = digest[4:8]
        if self.memory[place : place + 4] == mark:
            return True
        self.memory[place : place + 4] = mark
        return False

    def close(self) -> None:
        """Give the memory back."""
        self.words.release()
        os.close(self.descriptor)


@dataclass(frozen=True)
class Slot:
    """The words of one worker, and what it is asked."""

    words: memoryview
    memory: mmap.mmap
    place: int

    def hold(self, number: int) -> None:
        """Note which connection is in hand now, 0 for none, before anything is done with it."""
        self.words[Word.NEXT] = self.words[Word.SERIAL] + 1
        self.words[Word.HOLDS] = number

    def begin(self, started: int, deadline: int, asked: bytes) -> None:
        """Note the request that is now at work; ``asked`` is its method and path."""
        words = self.words
        asked = asked[: _SLOT - _TEXT - 1]
        self.memory[self.place : self.place + len(asked) + 1] = asked + b"\n"
        words[Word.BEGUN] = 0
        words[Word.SERIAL] += 1
        words[Word.DEADLINE] = deadline
        words[Word.STARTED] = started

    def end(self, outcome: Word, sent: int) -> int:
        """Note that the request is done; return the nanoseconds that it took."""
        words = self.words
        spent = time.monotonic_ns() - words[Word.STARTED]
        words[Word.STARTED] = 0
        words[outcome] += 1
        words[Word.BYTES] += sent
        words[Word.NANOSECONDS] += spent
        words[_FIRST + bucket(spent)] += 1
        return spent

    def give_back(self) -> None:
        """Note that the request at work is not answered here."""
        self.words[Word.STARTED] = 0

    def clear(self) -> None:
        """Forget the request of a worker that is no more; what is counted stays."""
        for word in (Word.STARTED, Word.BEGUN, Word.HOLDS, Word.LEAVE, Word.TURN):
            self.words[word] = 0

    def asked(self) -> str:
        """Return the method and path of the request that is or was at work."""
        text = self.memory[self.place : self.place + _SLOT - _TEXT]
        return text.partition(b"\n")[0].decode("latin-1")


def bucket(nanoseconds: int) -> int:
    """Return the number of the first bucket that a time fits in; past the last is its own."""
    return bisect_left(BUCKETS, nanoseconds / 1e9)
