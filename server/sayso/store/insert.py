"""Insert quads into a store in memory while more are parsed."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice

import pyoxigraph as ox

_BATCH = 10_000  # quads; some 5 MB
_WAITING = 3  # batches


def insert(store: ox.Store, quads: Iterator[ox.Quad]) -> None:
    """Insert quads, in their order; raise what ``quads`` raises, those before being inserted.

    The engine lets Python go on while it inserts a batch, so that it does so on another core.
    """
    begun = deque[Future[None]]()
    with ThreadPoolExecutor(1) as aside:
        while batch := list(islice(quads, _BATCH)):
            begun.append(aside.submit(store.extend, batch))
            if len(begun) > _WAITING:
                begun.popleft().result()
    for each in begun:
        each.result()
