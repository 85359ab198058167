"""Load a data folder into an embedded store."""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

import pyoxigraph as ox

import sayso
from sayso.paths import DataFolder
from sayso.store.data import ClaimStore, unite
from sayso.store.files import Source, base_iri, read, read_text, sources
from sayso.store.flat import Flat
from sayso.store.implied import Rules, imply
from sayso.vocabularies import prefixes

Seen = Callable[[int], object]


def unseen(size: int) -> None:
    """Watch nothing."""


def load(folder: DataFolder) -> ClaimStore:
    """Load every file of a folder, each into its own named graph, with what it implies.

    Raise NoFolder, NoRecords, NoFile, NoBase, Unreadable, BadEncoding, HasByteOrderMark or
    BadSyntax.
    """
    claims = gather(folder)
    unite(claims.queryable)
    return claims


def gather(folder: DataFolder, *, flat: bool = False) -> ClaimStore:
    """Load a folder's named graphs, as ``load`` does, without their union: that is yet to come.

    What is to be asked often has a ``flat`` store besides; it is loaded on another core.
    """
    files = FolderReader(folder)
    store = ox.Store()
    if not flat:
        for source in files.sources:
            files.take(store, source)
        imply(store, files.rules)
        return ClaimStore(store, files.version, prefixes(files.base), files.base)
    with Flat.beside() as union:
        for source in files.sources:
            union.add(files.take(store, source), source.graph)
        union.add_implied(store, files.rules)
        imply(store, files.rules)
    return ClaimStore(
        store, files.version, prefixes(files.base), files.base, flat=union.without_blank_nodes()
    )


class FolderReader:
    """Reads the files of a folder one by one; ``seen`` is told the bytes of each.

    Raise NoFolder, NoRecords, NoFile or NoBase.
    """

    def __init__(self, folder: DataFolder, seen: Seen = unseen) -> None:
        folder.records()
        self.base = base_iri(folder)
        self.sources = sources(folder, self.base)
        words = set(folder.ontology())
        self.rules = Rules.of(_quads(each for each in self.sources if each.path in words))
        self._seen = seen
        self._hash = sha256(sayso.__version__.encode())

    @property
    def version(self) -> str:
        """The SHA-256 of the names and bytes of the files taken, and of sayso's own version.

        That version stands for the rules by which triples are implied.
        """
        return self._hash.hexdigest()

    def take(self, store: ox.Store, source: Source) -> bytes:
        """Load one file and return its content.

        Raise Unreadable, BadEncoding, HasByteOrderMark or BadSyntax.
        """
        content = read_text(source.path).encode()
        graph = ox.NamedNode(source.graph)
        turtle = ox.RdfFormat.TURTLE
        try:
            store.bulk_load(content, format=turtle, base_iri=source.graph, to_graph=graph)
        except SyntaxError:
            read(source)  # tells the place
            raise
        self._hash.update(f"\n{source.graph} {sha256(content).hexdigest()}".encode())
        self._seen(len(content))
        return content

    def lines(self) -> Iterator[bytes]:
        """Yield the N-Quads of each file, with what it implies, for a store that is not in memory.

        There, many small files are loaded ten times slower than a large one.
        """
        for source in self.sources:
            part = ox.Store()
            self.take(part, source)
            imply(part, self.rules)
            yield part.dump(format=ox.RdfFormat.N_QUADS) or b""


def _quads(among: Iterable[Source]) -> Iterator[ox.Quad]:
    for source in among:
        yield from read(source)
