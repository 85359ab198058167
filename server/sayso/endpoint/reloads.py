"""Load the graph anew when a worker has changed it, and tell the worker when that is served.

A worker says that it is about to write before it does: should it be killed then, what it may
have written is loaded all the same. Loads that are asked for while one is at work are one
load, after that one, so that steady writing keeps no version from being served.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from sayso.endpoint import channel
from sayso.endpoint.board import Word
from sayso.endpoint.hands import Hand
from sayso.endpoint.worker import LOAD, SERVED, WRITES


@dataclass
class Reloads:
    """Who waits for the version that is being loaded, and who for the one after it."""

    load: Callable[[], None]
    _loading: bool = False
    _waiting: list[tuple[Hand, bytes]] = field(default_factory=list)
    _asking: list[tuple[Hand, bytes]] = field(default_factory=list)

    def hear(self, hand: Hand, kind: bytes, content: bytes) -> bool:
        """Take a worker's message, if it is one of writing."""
        if kind == WRITES:
            hand.writes = hand.slot.words[Word.SERIAL]
        elif kind == LOAD:
            hand.writes = 0
            self._ask(hand, content)
        return kind in {WRITES, LOAD}

    def _ask(self, hand: Hand, content: bytes) -> None:
        self._asking.append((hand, content))
        if not self._loading:
            self.load()

    def bereave(self, hand: Hand) -> None:
        """Load what a dead worker may have written."""
        if hand.writes == hand.slot.words[Word.SERIAL] and hand.started:
            self._ask(hand, b"")

    def begun(self) -> None:
        """Note that a load begins; what was written before is in it."""
        self._loading = True
        self._waiting += self._asking
        self._asking = []

    def ended(self, fault: str) -> None:
        """Tell who waits that a version is served, or with which fault none is."""
        waiting, self._waiting, self._loading = self._waiting, [], False
        for hand, content in waiting:
            with suppress(OSError):  # the worker may be gone
                channel.send(hand.end, SERVED, content + fault.encode())
        if self._asking:
            self.load()
