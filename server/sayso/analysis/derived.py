"""Write what is derived into a named graph of its own, beside the claims that it came from.

The graph is ``derived`` under the folder's base. It says by whom it was made, and from which
version of the data; of what is claimed it says nothing, it counts say-so.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from typing import TypeVar
from urllib.parse import quote

import pyoxigraph as ox

from sayso import __version__
from sayso.analysis.derivation import Derivation
from sayso.analysis.disputes import Dispute
from sayso.analysis.drift import Drift
from sayso.analysis.network import READ, Network
from sayso.analysis.origins import Key, Sourcing
from sayso.paths import DataFolder
from sayso.store import ClaimStore
from sayso.store.disk import Fill, Note
from sayso.store.implied import Rules, imply
from sayso.store.load import FolderReader, gather
from sayso.store.side_by_side import side_by_side
from sayso.vocabularies import BASE, VOCABULARIES

Result = TypeVar("Result")
PREFIXES = "".join(
    f"@prefix {name}: <{VOCABULARIES[name]}> .\n"
    for name in ("dcterms", "dispute", "drift", "prov", "rdfs", "sayso", "schema", "xsd")
)


def load_derived(folder: DataFolder) -> ClaimStore:
    """Load a folder with what is derived from it; raise as ``load`` does."""
    files = FolderReader(folder)
    claims = gather(files)

    def derived() -> bytes:
        return written(claims, Derivation.of(Network.read(claims.engine)))

    put(claims, imply_beside(claims, files.rules, derived))
    return claims


def imply_beside(claims: ClaimStore, rules: Rules, derive: Callable[[], Result]) -> Result:
    """Add what a folder's graphs imply; return what is derived of them, meanwhile if it may be.

    That is read from the named graphs alone, and seldom from what is implied.
    """
    if rules.added & READ:
        imply(claims.engine, rules)
        return derive()
    _, found = side_by_side(partial(imply, claims.engine, rules), derive)
    return found


def written(claims: ClaimStore, found: Derivation) -> bytes:
    """Write all that was derived from a data set in Turtle, without relative IRIs."""
    return turtle(claims.base, claims.version, found).encode()


def put(claims: ClaimStore, text: bytes) -> None:
    """Add what was ``written`` to a store in memory whose union is yet to be written."""
    graph = graph_of(claims.base)
    claims.engine.bulk_load(text, format=ox.RdfFormat.TURTLE, to_graph=graph)


def deriving(fill: Fill) -> Fill:
    """Return what fills a store on disk as another does, and adds what is derived from it."""

    def filled(store: ox.Store) -> Note:
        note = fill(store)
        if note.base is not None:
            text = turtle(note.base, note.version, Derivation.of(Network.read(store))).encode()
            store.bulk_load(text, format=ox.RdfFormat.TURTLE, to_graph=graph_of(note.base))
        return note

    return filled


def graph_of(base: str) -> ox.NamedNode:
    """Name the graph of what is derived."""
    return ox.NamedNode(base + "derived")


def turtle(base: str, version: str, found: Derivation) -> str:
    """Write all that was derived in Turtle, in the order of its names."""
    names = Names(base)
    blocks = [names.provenance(version)]
    blocks += names.blocks(found.sourcings.values(), found.disputes, found.drifts)
    return PREFIXES + "\n" + "\n".join(blocks)


class Names:
    """Writes what is derived, each thing under an IRI that depends on its content alone."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._start = base + "derived"

    def blocks(
        self, sourcings: Iterable[Sourcing], disputes: Iterable[Dispute], drifts: Iterable[Drift]
    ) -> Iterator[str]:
        """Write each finding as a block."""
        yield from map(self._sourcing, sorted(sourcings, key=lambda one: one.key))
        yield from map(self._dispute, disputes)
        yield from map(self._drift, drifts)

    def provenance(self, version: str) -> str:
        """Tell which software made the graph, and from which version of the data."""
        start, used = self._start, f"{self._start}/version/{version}"
        agent = f"<{BASE}software/{__version__}>"
        return (
            f'<{start}> a prov:Entity ; rdfs:label "what is counted of the claims"@en ;'
            f" prov:wasGeneratedBy <{start}/derivation> .\n"
            f"<{start}/derivation> a prov:Activity ; prov:used <{used}> ;"
            f" prov:wasAssociatedWith {agent} .\n"
            f"<{used}> a prov:Entity ; prov:specializationOf <{self._base}dataset> ;"
            f' schema:version "{version}" .\n'
            f'{agent} a prov:SoftwareAgent , prov:Agent ; rdfs:label "sayso {__version__}"@en .\n'
        )

    def of_sourcing(self, key: Key) -> str:
        """Name a sourcing by the statement and the stance."""
        statement, stance = key
        known = statement.removeprefix(self._base + "statement/")
        code = stance.rstrip("/").rpartition("/")[2]
        return f"{self._start}/sourcing/{quote(known, safe='')}-{quote(code, safe='')}"

    def of_finding(self, found: Dispute | Drift) -> str:
        """Name a dispute or a drift."""
        kind = "dispute" if isinstance(found, Dispute) else "drift"
        return f"{self._start}/{kind}/{found.name}"

    def _sourcing(self, found: Sourcing) -> str:
        return _block(
            self.of_sourcing(found.key),
            "a sayso:Sourcing",
            f"sayso:sourcingOf <{found.statement}>",
            f"sayso:stance <{found.stance}>",
            f"sayso:fewestOrigins {found.fewest}",
            f"sayso:mostOrigins {found.most}",
            _listed("sayso:origin", found.origins),
            _listed("sayso:carriedIn", found.works),
            _listed("sayso:chokepoint", found.chokepoints),
            _listed("sayso:circle", found.circle),
            _listed("sayso:leftOut", found.withdrawn),
        )

    def _dispute(self, found: Dispute) -> str:
        sides = [self.of_sourcing(side) for side in found.sides]
        return _block(
            self.of_finding(found),
            "a sayso:Dispute",
            f"dcterms:type dispute:{found.kind}",
            _listed("sayso:side", sides),
        )

    def _drift(self, found: Drift) -> str:
        return _block(
            self.of_finding(found),
            "a sayso:Drift",
            f"dcterms:type drift:{found.kind}",
            f"sayso:retelling <{found.retelling}>",
            f"sayso:original <{found.original}>",
            f"sayso:changedFrom {found.before}",
            f"sayso:changedTo {found.after}",
        )


def _block(subject: str, *lines: str) -> str:
    return f"<{subject}>\n    " + " ;\n    ".join(line for line in lines if line) + " .\n"


def _listed(predicate: str, iris: Collection[str]) -> str:
    return f"{predicate} " + " , ".join(f"<{iri}>" for iri in iris) if iris else ""
