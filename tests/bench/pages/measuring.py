"""Time pages by kind, each address once, so that none comes from what is kept.

Beside each page the engine describes the same IRI in Turtle: the peer, which reads the same graph
and writes no page.
"""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import pyoxigraph as ox
from flask.testing import FlaskClient

from bench.harness import WrongAnswerError
from sayso.store import ClaimStore
from sayso.store.queries import rows

LIMIT = 50.0  # milliseconds of the processor that the median page of a kind may take
_KINDS = {
    "claim": "?x a sayso:Claim",
    "record": "?x a sayso:Record",
    "statement": "?x a sayso:Statement",
    "date": "?x a sayso:Period",
    "entity": "[] sayso:subject ?x",
    "speaker": "[] sayso:claimant ?x",
    "work": "[] sayso:saidIn ?x",
}
_LISTS = ("/speakers", "/works", "/things", "/statements", "/articles", "/dates", "/dates?by=said")
_OTHERS = ("/", "/download/", "/ns", "/dataset", "/code/act")


@dataclass(frozen=True)
class Kind:
    """Some addresses of one kind, with the IRI of each where it has one."""

    name: str
    addresses: Sequence[tuple[str, str | None]]


@dataclass(frozen=True)
class Measured:
    """The milliseconds of the processor that each page of a kind took, and its peer's."""

    kind: str
    ours: Sequence[float]
    theirs: Sequence[float]

    @property
    def median(self) -> float:
        """The middle page."""
        return median(self.ours)

    @property
    def ratio(self) -> float | None:
        """How much longer the middle page takes than the engine's bare description."""
        return self.median / median(self.theirs) if self.theirs else None


def sampled(claims: ClaimStore, most: int, seed: int = 1865) -> Iterator[Kind]:
    """Choose pages of each kind; the same graph and seed give the same pages."""
    chance = random.Random(seed)
    for name, pattern in _KINDS.items():
        found = rows(claims, f"SELECT DISTINCT ?x {{ {pattern} }} ORDER BY ?x")
        iris = [row["x"].value for row in found if row["x"].value.startswith(claims.base)]
        pages = [(path, iri) for iri in iris if (path := _path(claims, name, iri))]
        if not pages:
            message = f"the graph has no page of the kind {name}"
            raise WrongAnswerError(message)
        yield Kind(name, chance.sample(pages, min(most, len(pages))))
    yield Kind("search", [(address, None) for address in _searches(claims, chance, most)])
    yield Kind("list", [(address, None) for address in _LISTS])
    yield Kind("other", [(address, None) for address in _OTHERS])


def measured(client: FlaskClient, claims: ClaimStore, kind: Kind) -> Measured:
    """Ask for each page once, and the engine for a description; raise WrongAnswerError."""
    ours, theirs = [], []
    for address, iri in kind.addresses:
        ours.append(_spent(lambda path=address: _ask(client, path)))  # type: ignore[misc]
        if iri is not None:
            theirs.append(_spent(lambda node=iri: _describe(claims, node)))  # type: ignore[misc]
    return Measured(kind.name, ours, theirs)


def _path(claims: ClaimStore, kind: str, iri: str) -> str | None:
    local = iri.removeprefix(claims.base)
    if kind == "claim":
        return "/claim/" + local.removeprefix("article/").replace("#", "/")
    return None if "#" in local else f"/{local}"


def _searches(claims: ClaimStore, chance: random.Random, most: int) -> Iterator[str]:
    """Yield searches of one word, of two that stand together, and of a speaker's claims."""
    found: Sequence[Mapping[str, ox.NamedNode | ox.Literal]] = rows(
        claims, "SELECT ?text ?who { ?c sayso:paraphrase ?text ; sayso:claimant ?who } LIMIT 2000"
    )
    for row in chance.sample(found, min(most, len(found))):
        words = [word for word in row["text"].value.split() if len(word) > 3 and word.isalpha()]
        yield "/search?words=" + "+".join(words[: chance.choice((1, 2))])
        yield "/search?speaker=" + row["who"].value.replace("#", "%23")


def _ask(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Accept": "text/html"})
    if response.status_code != 200 or b"</html>" not in response.data:
        message = f"{path}: {response.status_code}"
        raise WrongAnswerError(message)


def _describe(claims: ClaimStore, iri: str) -> None:
    found = claims.queryable.query(f"DESCRIBE {ox.NamedNode(iri)}")
    if not isinstance(found, ox.QueryTriples) or not found.serialize(format=ox.RdfFormat.TURTLE):
        message = f"{iri}: nothing is told of it"
        raise WrongAnswerError(message)


def _spent(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000
