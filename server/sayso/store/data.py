"""Hold a loaded data set, as everything that asks it sees it.

The engine's store has the graphs as they came and, as its default graph, the union of
all: each triple once, as an RDF merge is a set (RDF 1.1 Semantics, section 4.1). The
engine can show a union itself (``use_default_graph_as_union``), but then a triple that
stands in two graphs comes twice, and ``FROM`` is ignored; so it is written out, once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox

from sayso.store.union import Union, unite
from sayso.vocabularies import prefixes

if TYPE_CHECKING:
    from rdflib import Dataset

_DEFAULT = ox.DefaultGraph()
_COUNT = "SELECT (COUNT(*) AS ?n) { %s }"
# What is in no named graph, and so in the default graph for a reason of its own.
_ALONE = "{ ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }"
_NONE = "{ ?s ?p ?o } LIMIT 0"
_DEFAULT_ONLY = "{ ?s ?p ?o }"
_ANYWHERE = "{ SELECT DISTINCT ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } }"

Subject = ox.NamedNode | ox.BlankNode | ox.Triple
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Name = ox.NamedNode | ox.BlankNode


@dataclass(frozen=True)
class NamedGraphs:
    """The named graphs of a store, without the union that stands beside them."""

    engine: ox.Store

    def __iter__(self) -> Iterator[ox.Quad]:
        """Yield every quad, graph by graph."""
        for graph in self.engine.named_graphs():
            yield from self.engine.quads_for_pattern(None, None, None, graph)

    def __len__(self) -> int:
        """Count the quads."""
        return _number(self.engine, _COUNT % "GRAPH ?g { ?s ?p ?o }")

    def __contains__(self, quad: ox.Quad) -> bool:
        """Say whether a quad stands in its named graph."""
        return quad.graph_name != _DEFAULT and quad in self.engine

    def quads_for_pattern(
        self,
        subject: Subject | None,
        predicate: ox.NamedNode | None,
        obj: Term | None,
        graph_name: Name | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        """Yield the quads that fit, None being anything."""
        found = self.engine.quads_for_pattern(subject, predicate, obj, graph_name)
        return (quad for quad in found if quad.graph_name != _DEFAULT)

    def named_graphs(self) -> Iterator[Name]:
        """Yield the graphs' names."""
        return self.engine.named_graphs()

    def contains_named_graph(self, name: Name) -> bool:
        """Say whether there is a graph of this name."""
        return self.engine.contains_named_graph(name)


@dataclass(frozen=True)
class RdfStore:
    """A data set to be asked: any RDF.

    Its default graph is the union of all graphs, unless it is not ``united``: a store that is
    written keeps its default graph for itself. ``mixed`` says whether triples may be in no named
    graph. ``version`` is another for other data; ``prefixes`` are those that a query may use and
    results are written with. ``flat``, if there is one, holds the default graph alone: a query
    that names no graph is answered from it up to twice as fast, since the engine need not go over
    each triple as it stands in the named graphs.

    ``engine`` has the named graphs. Where there is a ``union``, that is yet to be written into
    it; so who reads more than named graphs takes ``default`` or ``queryable``.
    """

    engine: ox.Store
    version: str
    prefixes: dict[str, str]
    united: bool = field(default=True, kw_only=True)
    mixed: bool = field(default=True, kw_only=True)
    flat: ox.Store | None = field(default=None, kw_only=True, repr=False)
    union: Union | None = field(default=None, kw_only=True, repr=False)

    @property
    def queryable(self) -> ox.Store:
        """The store with the named graphs and the default graph; raise what `Union` does."""
        return self.union.complete() if self.union else self.engine

    @property
    def default(self) -> ox.Store:
        """The store to read the default graph from, whatever else is in it."""
        return self.flat if self.flat is not None else self.queryable

    def asked(self, query: str) -> ox.Store:
        """Choose the store that a query is to be asked of."""
        return self.default if in_default(query) else self.queryable

    @property
    def store(self) -> NamedGraphs:
        """The named graphs alone, as they came."""
        return NamedGraphs(self.engine)

    @cached_property
    def size(self) -> int:
        """Count the triples of the default graph."""
        if self.flat is not None:
            return len(self.flat)  # a tenth of the time
        return _number(self.queryable, _COUNT % "?s ?p ?o")

    @cached_property
    def graphs(self) -> int:
        """Count the named graphs."""
        return sum(1 for _ in self.engine.named_graphs())

    def alone(self) -> ox.QueryTriples:
        """Find the triples that are in the default graph of themselves, and not by the union."""
        if not self.mixed:
            # To look for them takes as long as to write all others.
            return self._built(self.engine, _NONE)
        return self._built(self.queryable, _ALONE if self.united else _DEFAULT_ONLY)

    def merged(self) -> ox.QueryTriples:
        """Find the triples of all graphs, each once."""
        return self._built(self.default, _DEFAULT_ONLY if self.united else _ANYWHERE)

    def _built(self, store: ox.Store, pattern: str) -> ox.QueryTriples:
        found = store.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {pattern}")
        if not isinstance(found, ox.QueryTriples):
            raise TypeError("CONSTRUCT builds triples")
        return found


@dataclass(frozen=True)
class ClaimStore(RdfStore):
    """A data set of claims, all in named graphs; its own terms begin with the IRI ``base``."""

    base: str
    mixed: bool = field(default=False, kw_only=True)

    @classmethod
    def of(cls, quads: Iterable[ox.Quad], base: str) -> Self:
        """Make a small one of quads in named graphs; its version is the hash of what it holds."""
        store = ox.Store()
        store.extend(quads)
        lines = ox.serialize(store, format=ox.RdfFormat.N_QUADS) or b""
        version = sha256(b"\n".join(sorted(lines.splitlines()))).hexdigest()
        unite(store)
        return cls(store, version, prefixes(base), base)

    def dataset(self) -> "Dataset":
        """Show the store as an rdflib Dataset, whose default graph is the union of all."""
        from oxrdflib import OxigraphStore  # noqa: PLC0415 - takes longer than most commands
        from rdflib import Dataset  # noqa: PLC0415

        dataset = Dataset(store=OxigraphStore(store=self.queryable), default_union=True)
        for name, iri in self.prefixes.items():
            dataset.bind(name, iri, override=True, replace=True)
        return dataset


def in_default(query: str) -> bool:
    """Say whether a query surely asks the default graph alone, and all of it."""
    plain = query.casefold()
    return not ("graph" in plain or "from" in plain or "\\" in plain)


def _number(store: ox.Store, query: str) -> int:
    rows = store.query(query)
    if not isinstance(rows, ox.QuerySolutions):
        raise TypeError("a count is a row")
    return next(int(row[0].value) for row in rows if isinstance(row[0], ox.Literal))
