"""Hold what all pages of one application need."""

from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import quote

from sayso.endpoint.app import SparqlApp
from sayso.endpoint.graphs import GraphStoreApp, Writer
from sayso.store import ClaimStore
from sayso.store.formats import GRAPH_FORMATS
from sayso.web.ahead import Ahead
from sayso.web.dataset import Catalogue
from sayso.web.facts import Facts
from sayso.web.kept import Kept
from sayso.web.offer import Offer
from sayso.web.searching import Search
from sayso.web.texts import Texts


@dataclass(frozen=True)
class Alternate:
    """The address of a thing in another format."""

    name: str
    media_type: str
    href: str


@dataclass(frozen=True)
class Site:
    """One loaded graph with what reads it, and the texts that a curator gave at the start."""

    claims: ClaimStore
    most_rows: int = 0
    writer: Writer | None = None
    texts: Texts = field(default_factory=Texts)
    given: Ahead | None = None
    services: Collection[str] = ()
    ahead: Ahead = field(init=False)
    facts: Facts = field(init=False)
    sparql: SparqlApp = field(init=False)
    graphs: GraphStoreApp = field(init=False)
    catalogue: Catalogue = field(init=False)
    offer: Offer = field(init=False)
    search: Search = field(init=False)
    kept: Kept = field(init=False, default_factory=Kept)

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", Facts(self.claims))
        sparql = SparqlApp(self.claims, most_rows=self.most_rows, services=self.services)
        object.__setattr__(self, "sparql", sparql)
        object.__setattr__(self, "graphs", GraphStoreApp(self.claims, self.writer))
        object.__setattr__(self, "catalogue", Catalogue(self.claims))
        object.__setattr__(self, "offer", Offer(self.claims))
        object.__setattr__(self, "ahead", self.given or Ahead(self.claims))
        object.__setattr__(self, "search", Search(self.claims, self.ahead))


def alternates(path: str) -> list[Alternate]:
    """List the addresses of the formats in which the IRI at a path is offered."""
    found = [(form.name, form.media_type, form.suffix) for form in GRAPH_FORMATS]
    return [Alternate(name, kind, f"{path}.{suffix}") for name, kind, suffix in found]


def provenance_of(iri: str) -> str:
    """Return the address of the provenance of an IRI."""
    return "/provenance?target=" + quote(iri, safe="")
