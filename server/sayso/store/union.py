"""Merge graphs into a default graph, as a set (RDF 1.1 Semantics, section 4.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

_UNITE = "INSERT { ?s ?p ?o } WHERE { GRAPH %s { ?s ?p ?o } }"
_MANY = 10_000  # graphs, each of which costs 20 microseconds when it is merged alone


class UnionAwaited(BaseException):
    """The union is wanted in a process that does not get it, since another soon takes its place."""


@dataclass
class Union:
    """The union of a store's named graphs, written into its default graph when it is wanted."""

    store: ox.Store
    written: bool = False
    left: bool = False

    def complete(self) -> ox.Store:
        """Return the store with its union; raise UnionAwaited where another process writes it."""
        if not self.written:
            if self.left:
                raise UnionAwaited
            unite(self.store)
            self.written = True
        return self.store

    def leave(self) -> None:
        """Leave it to the process that this one was forked from."""
        self.left = True


def merged(
    store: ox.Store, default: Iterable[ox.NamedNode], named: Iterable[ox.NamedNode]
) -> ox.Store:
    """Build the data set whose default graph merges some graphs of a store (SPARQL 1.1, 13.2.1)."""
    data = ox.Store()
    for graph in default:
        data.extend(in_default_graph(store.quads_for_pattern(None, None, None, graph)))
    for graph in named:
        data.extend(store.quads_for_pattern(None, None, None, graph))
    return data


def in_default_graph(quads: Iterable[ox.Quad]) -> Iterable[ox.Quad]:
    """Yield the same triples in the default graph."""
    return (ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)


def unite(store: ox.Store) -> None:
    """Write the union of all named graphs into the default graph of a store in memory, at once.

    Graph by graph the engine holds one graph's triples a second time meanwhile, and not all of
    them: 230 MB less for a million quads. Many small graphs would take longer so.
    """
    names = [*islice(store.named_graphs(), _MANY + 1)]
    apart = len(names) <= _MANY and all(isinstance(name, ox.NamedNode) for name in names)
    # In an order of their own, since the engine writes a graph in the order of what was added.
    graphs = sorted(map(str, names)) if apart else ["?g"]
    store.update(" ;\n".join(_UNITE % graph for graph in graphs))


def unite_on_disk(store: ox.Store, quads: Iterable[ox.Quad]) -> None:
    """Write the triples of quads into the default graph of a store on disk.

    An update would hold all of them in memory, and this holds a batch.
    """
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
