"""Load a data folder into an embedded store."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from io import BytesIO

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import Dataset

from sayso.paths import DataFolder
from sayso.store.files import base_iri, read, sources
from sayso.store.implied import Rules, implied
from sayso.store.union import with_union
from sayso.terms import prefixes


@dataclass(frozen=True)
class ClaimStore:
    """A loaded graph: the store, the IRI its own terms begin with, and its version.

    ``version`` is the SHA-256 of the sorted N-Quads, so equal graphs have equal versions.
    """

    store: ox.Store
    base: str

    @cached_property
    def version(self) -> str:
        """Hash the content of the store."""
        content = BytesIO()
        ox.serialize(self.store, content, format=ox.RdfFormat.N_QUADS)
        return sha256(b"\n".join(sorted(content.getvalue().splitlines()))).hexdigest()

    @cached_property
    def queryable(self) -> ox.Store:
        """Hold the same graphs, with their union as the default graph, to be queried."""
        return with_union(self.store)

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """Return the prefixes that results are written with, by name."""
        return prefixes(self.base)

    def dataset(self) -> Dataset:
        """Show the store as an rdflib Dataset whose default graph is the union of all."""
        dataset = Dataset(store=OxigraphStore(store=self.store), default_union=True)
        for name, iri in self.prefixes.items():
            dataset.bind(name, iri, override=True, replace=True)
        return dataset


def load(folder: DataFolder) -> ClaimStore:
    """Load every file of a folder, each into its own named graph, with what it implies.

    Raise NoFolder, NoRecords, NoFile, NoBase, BadEncoding or BadSyntax.
    """
    folder.records()
    base = base_iri(folder)
    files = [(source, read(source)) for source in sources(folder, base)]
    words = set(folder.ontology())
    rules = Rules.of(quad for source, quads in files if source.path in words for quad in quads)
    store = ox.Store()
    for _, quads in files:
        store.bulk_extend([*quads, *implied(quads, rules)])
    return ClaimStore(store, base)
