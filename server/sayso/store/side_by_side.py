"""Do two things at once, where the engine lets Python go on."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

One = TypeVar("One")
Other = TypeVar("Other")


def side_by_side(one: Callable[[], One], other: Callable[[], Other]) -> tuple[One, Other]:
    """Return what both return; the other is done on another core. Raise what either raises."""
    with ThreadPoolExecutor(1) as aside:
        done = aside.submit(other)
        return one(), done.result()
