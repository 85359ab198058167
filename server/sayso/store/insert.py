"""Insert quads into a store in memory while more are parsed."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import pyoxigraph as ox

_BATCH = 10_000  # quads; some 5 MB
_AHEAD = 3  # batches


def insert(store: ox.Store, quads: Iterator[ox.Quad]) -> None:
    """Insert quads, in their order; raise what ``quads`` raises, those before being inserted.

    They are parsed on another core, since the engine lets Python go on while it inserts.
    """

    def parsed() -> list[ox.Quad]:
        return list(islice(quads, _BATCH))

    with ThreadPoolExecutor(1) as aside:
        ahead = deque(aside.submit(parsed) for _ in range(_AHEAD))
        while batch := ahead.popleft().result():
            ahead.append(aside.submit(parsed))
            store.extend(batch)
