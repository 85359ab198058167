"""Load a data folder into an embedded store."""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

import pyoxigraph as ox

import sayso
from sayso.paths import DataFolder
from sayso.store.data import ClaimStore
from sayso.store.files import Source, base_iri, read, read_text, sources
from sayso.store.flat import Flat
from sayso.store.implied import Rules, imply
from sayso.store.union import Union
from sayso.vocabularies import prefixes

Seen = Callable[[int], object]


def unseen(size: int) -> None:
    """Watch nothing."""


def load(folder: DataFolder) -> ClaimStore:
    """Load every file of a folder, each into its own named graph, with what it implies.

    Raise NoFolder, NoRecords, NoFile, NoBase, Unreadable, BadEncoding, HasByteOrderMark or
    BadSyntax.
    """
    files = FolderReader(folder)
    claims = gather(files)
    imply(claims.engine, files.rules)
    return claims


def gather(files: "FolderReader", flat: Flat | None = None) -> ClaimStore:
    """Load a folder's named graphs, without what they imply, which is yet to come.

    A ``flat`` store has the same loaded meanwhile, and is perhaps not yet whole.
    """
    store = ox.Store()
    for source in files.sources:
        content = files.take(store, source)
        if flat is not None:
            flat.add(content, source.graph)
    return ClaimStore(store, files.version, prefixes(files.base), files.base, union=Union(store))


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
        self.hashes: dict[str, str] = {}  # of each file taken, by its graph
        self._seen = seen

    @property
    def version(self) -> str:
        """The SHA-256 of the names and bytes of the files taken, and of sayso's own version.

        That version stands for the rules by which triples are implied.
        """
        lines = (f"\n{graph} {known}" for graph, known in self.hashes.items())
        return sha256((sayso.__version__ + "".join(lines)).encode()).hexdigest()

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
        self.hashes[source.graph] = sha256(content).hexdigest()
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
