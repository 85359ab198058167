"""Have at hand what takes seconds to make of a large graph: the index, all flows, all terms.

Each is made when it is first asked for, or meanwhile in a process of its own: then the server
answers already, and only who asks for one of these waits.
"""

import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from sayso.analysis.flows import Flow, flows
from sayso.endpoint.beside import Beside, beside
from sayso.store import ClaimStore
from sayso.web.completion import Completion
from sayso.web.index import Index, content

_DRAWN = 5_000_000  # triples; nobody waits until the chains of a larger graph are followed
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Ahead:
    """What is made of one graph; ``made`` are those that a process is at."""

    claims: ClaimStore
    made: dict[str, Beside] = field(default_factory=dict)

    def begin(self, first: Callable[[], object] = bool) -> None:
        """Begin to make all in a process of its own, where ``first`` is called before.

        This one must have a single thread.
        """
        self.made.update(begun(lambda: self.claims, first))

    @cached_property
    def index(self) -> Index:
        """What search, facets and lists read."""
        return Index(self._bytes("index") or content(self.claims))

    @cached_property
    def flows(self) -> list[Flow]:
        """Every flow, the widest first; none of a graph that is too large."""
        return self._thing("flows", _flows)

    @property
    def too_large(self) -> bool:
        """Say whether following all chains would take too long."""
        return self.claims.size > _DRAWN

    @cached_property
    def completion(self) -> Completion:
        """The terms with which a query is completed."""
        return self._thing("completion", Completion.of)

    def _thing(self, name: str, make: Callable[[ClaimStore], Thing]) -> Thing:
        found = self._bytes(name)
        if found is None:
            return make(self.claims)
        thing: Thing = pickle.loads(found)  # noqa: S301 - a process of this program made it
        return thing

    def _bytes(self, name: str) -> bytes | None:
        return self.made[name].get() if name in self.made else None


def begun(
    opened: Callable[[], ClaimStore], first: Callable[[], object] = bool
) -> dict[str, Beside]:
    """Begin to make all of a graph that is opened by the process that makes it."""

    def makers() -> Iterator[bytes]:
        claims = opened()
        first()
        yield content(claims)
        yield pickle.dumps(_flows(claims), pickle.HIGHEST_PROTOCOL)
        yield pickle.dumps(Completion.of(claims), pickle.HIGHEST_PROTOCOL)

    return dict(zip(("index", "flows", "completion"), beside(3, makers), strict=True))


def _flows(claims: ClaimStore) -> list[Flow]:
    return flows(claims) if claims.size <= _DRAWN else []
