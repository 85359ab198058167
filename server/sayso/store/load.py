"""Load a data folder into an embedded store."""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

import pyoxigraph as ox

from sayso import __version__
from sayso.paths import DataFolder
from sayso.store.data import ClaimStore, unite
from sayso.store.files import Source, base_iri, read, read_text, sources
from sayso.store.implied import Rules, imply
from sayso.terms import prefixes

Seen = Callable[[int], object]


def unseen(size: int) -> None:
    """Watch nothing."""


def load(folder: DataFolder) -> ClaimStore:
    """Load every file of a folder, each into its own named graph, with what it implies.

    Raise NoFolder, NoRecords, NoFile, NoBase, Unreadable, BadEncoding, HasByteOrderMark or
    BadSyntax.
    """
    store = ox.Store()
    base, version = fill(store, folder)
    unite(store)
    return ClaimStore(store, version, prefixes(base), base)


def fill(store: ox.Store, folder: DataFolder, seen: Seen = unseen) -> tuple[str, str]:
    """Read a folder into the named graphs of an empty store; return base IRI and version.

    The version is the SHA-256 of the files' names and bytes and of sayso's own version, which
    stands for the rules by which triples are implied. ``seen`` is told the bytes of each file.
    """
    folder.records()
    base = base_iri(folder)
    found = sources(folder, base)
    version = sha256(__version__.encode())
    for source in found:
        content = read_text(source.path).encode()
        _take(store, source, content)
        version.update(f"\n{source.graph} {sha256(content).hexdigest()}".encode())
        seen(len(content))
    words = set(folder.ontology())
    imply(store, Rules.of(_quads(store, (each for each in found if each.path in words))))
    return base, version.hexdigest()


def _take(store: ox.Store, source: Source, content: bytes) -> None:
    graph = ox.NamedNode(source.graph)
    try:
        store.bulk_load(content, format=ox.RdfFormat.TURTLE, base_iri=source.graph, to_graph=graph)
    except SyntaxError:
        read(source)  # tells the place
        raise


def _quads(store: ox.Store, among: Iterable[Source]) -> Iterator[ox.Quad]:
    for source in among:
        yield from store.quads_for_pattern(None, None, None, ox.NamedNode(source.graph))
