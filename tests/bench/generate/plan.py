"""Say what to generate, and draw by lot without anything from outside."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

BASE = "https://wonderland.example/"


@dataclass(frozen=True)
class Plan:
    """What to generate; ``cycles`` is the number of stories whose chains come round to themselves.

    A graph with cycles breaks the rule against them, and no other.
    """

    articles: int
    claims: int = 40
    cycles: int = 0
    seed: int = 1865
    base: str = BASE


class Chance:
    """Draw by lot; the same key gives the same draws.

    Only ``random()`` is used, whose sequence Python promises to keep for a given seed.
    """

    def __init__(self, *key: object) -> None:
        self._random = random.Random("/".join(map(str, key)))

    def below(self, limit: int) -> int:
        """Draw a whole number from 0 up to the limit, not including it."""
        return int(self._random.random() * limit)

    def low(self, limit: int) -> int:
        """Draw a whole number below the limit, small ones far more often."""
        return int(self._random.random() ** 3 * limit)

    def yes(self, share: float) -> bool:
        """Say yes in the given share of draws."""
        return self._random.random() < share

    def of(self, among: Sequence[T]) -> T:
        """Draw one."""
        return among[self.below(len(among))]

    def shuffled(self, among: Sequence[T]) -> list[T]:
        """Return all in a drawn order."""
        keyed = [(self._random.random(), place, each) for place, each in enumerate(among)]
        return [each for _, _, each in sorted(keyed, key=lambda item: item[:2])]
