"""Find which other files the check of a file has to look at.

A record needs those that its claims point to, and along ``sayso:relays`` those that these point
to; if it leans, those that relay it, too. Of each node that is named it needs all that is said
of it; of files that say the same of a node, one is enough.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from sayso.validation.entries import Kind
from sayso.validation.index import Index

_ROUNDS = 2  # what a file names, and what those files name that tell more of that
Around = dict[int, set[int]]


def contexts(index: Index, ids: Iterable[int]) -> Around:
    """Return for each of some files which files its check looks at, itself among them."""
    links = _Links(index)
    around = {id_: {id_} | links.of(id_) for id_ in ids}
    named = _Named(index)
    growing = list(around)
    for _ in range(_ROUNDS):
        sizes = {id_: len(around[id_]) for id_ in growing}
        for id_ in growing:
            for more in list(named.telling(around[id_], is_shared=links.is_shared(id_))):
                around[id_].update({more}, links.of(more))
        growing = [id_ for id_, size in sizes.items() if len(around[id_]) > size]
    return around


def batches(around: Around, most: int) -> Iterator[list[int]]:
    """Put files together that look at the same others, so that few are looked at twice."""
    left = dict.fromkeys(around)
    batch: list[int] = []
    seen: set[int] = set()
    waiting: list[int] = []
    while left:
        id_ = waiting.pop(0) if waiting else next(iter(left))
        if id_ not in left:
            continue
        del left[id_]
        batch.append(id_)
        seen |= around[id_]
        waiting += [each for each in sorted(around[id_]) if each in left]
        if len(seen) >= most:
            yield batch
            batch, seen = [], set()
    if batch:
        yield batch


class _Links:
    """Which records a record needs for what its claims point to."""

    def __init__(self, index: Index) -> None:
        self._there: dict[int, set[int]] = defaultdict(set)
        self._relayed: dict[int, set[int]] = defaultdict(set)
        self._relaying: dict[int, set[int]] = defaultdict(set)
        for record, other, relays in index.rows("SELECT DISTINCT record, other, relays FROM link"):
            self._there[record].add(other)
            if relays:
                self._relayed[record].add(other)
                self._relaying[other].add(record)
        rows = index.rows("SELECT id, graph, leans FROM file WHERE kind = ?", Kind.RECORD)
        self._graphs = {id_: graph for id_, graph, _ in rows}
        self._ids = {graph: id_ for id_, graph, _ in rows}
        self._leaning = {id_ for id_, _, leans in rows if leans}

    def is_shared(self, id_: int) -> bool:
        """Whether a file is no record."""
        return id_ not in self._graphs

    def of(self, id_: int) -> set[int]:
        """Return the records that one needs."""
        graph = self._graphs.get(id_)
        if graph is None:
            return set()
        found = self._there[graph] | _reached(graph, self._relayed)
        if id_ in self._leaning:
            found |= _reached(graph, self._relaying)
        return {self._ids[each] for each in found if each in self._ids}


def _reached(start: int, steps: dict[int, set[int]]) -> set[int]:
    found: set[int] = set()
    waiting = [start]
    while waiting:
        new = steps.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


class _Named:
    """Which records tell what of the nodes that others name."""

    def __init__(self, index: Index) -> None:
        self._index = index
        # Each is looked at again and again: packed, one row after the other.
        self._names: dict[int, array[int]] = {}
        self._telling: dict[int, array[int]] = {}

    def telling(self, ids: set[int], *, is_shared: bool) -> Iterator[int]:
        """Yield records that say of what files name what neither these say nor a shared file.

        Who points to what shared files describe is of no account.
        """
        said: dict[int, set[int]] = defaultdict(set)
        points: dict[int, int] = defaultdict(int)
        for id_ in ids:
            rows = iter(self._of(id_))
            for node, what, how in zip(rows, rows, rows, strict=True):
                said[node].add(what)
                points[node] |= how
        for node, whats in said.items():
            whats.add(0)
            rows = iter(self._of_node(node))
            for what, how, id_, kind in zip(rows, rows, rows, rows, strict=True):
                if kind != Kind.RECORD:
                    whats.add(what)
                    points[node] |= how
                elif what not in whats or (how & ~points[node] and not is_shared):
                    whats.add(what)
                    points[node] |= how
                    yield id_

    def _of(self, id_: int) -> "array[int]":
        """Return the nodes that a file names, and of each what it says and how it points there."""
        if id_ not in self._names:
            query = "SELECT node, said, points FROM name WHERE file = ?"
            self._names[id_] = array("q", chain.from_iterable(self._index.rows(query, id_)))
        return self._names[id_]

    def _of_node(self, node: int) -> "array[int]":
        """Return what is said of a node, each by the first file that says it, shared ones first.

        In each row: what is said, how it points there, the file and its kind.
        """
        if node not in self._telling:
            query = (
                "SELECT said, points, id, kind, MIN(path) FROM name JOIN file ON file = id"
                " WHERE node = ? AND (said <> 0 OR points <> 0)"
                " GROUP BY said, points, kind ORDER BY kind, MIN(path)"
            )
            rows = self._index.rows(query, node)
            self._telling[node] = array("q", chain.from_iterable(row[:4] for row in rows))
        return self._telling[node]
