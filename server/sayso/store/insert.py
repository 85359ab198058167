"""Insert quads into a store in memory, with their union, while more are parsed."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice, starmap
from operator import attrgetter

import pyoxigraph as ox

_BATCH = 10_000  # quads; some 5 MB
_WAITING = 3  # batches
_DEFAULT = ox.DefaultGraph()
_TRIPLE = attrgetter("subject", "predicate", "object")


def insert(store: ox.Store, quads: Iterator[ox.Quad]) -> bool:
    """Insert quads, and each that is in a named graph into the default graph, too.

    The engine lets Python go on while it inserts, so that it does so on another core. Return
    whether there were any in no named graph. Raise what ``quads`` raises; those before are then
    inserted.
    """
    mixed, begun = False, deque[Future[None]]()
    with ThreadPoolExecutor(1) as aside:
        while batch := list(islice(quads, _BATCH)):
            named = [quad for quad in batch if quad.graph_name != _DEFAULT]
            mixed |= len(named) < len(batch)
            batch += starmap(ox.Quad, map(_TRIPLE, named))
            begun.append(aside.submit(store.extend, batch))
            if len(begun) > _WAITING:
                begun.popleft().result()
    for each in begun:
        each.result()
    return mixed
