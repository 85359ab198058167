"""Choose which stored questions the pages offer, and about whom they ask in this graph."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from sayso.analysis.questions import Question, fitted, question, questions
from sayso.store import ClaimStore
from sayso.store.queries import rows

FIRST = 5  # questions on the start page
# What somebody who checks a story asks first; each stands there only if it has an answer.
_ORDER = (
    "origins",
    "contradictions",
    "only-unnamed-sources",
    "single-sources",
    "drift",
    "chokepoints",
    "own-voice",
    "stances-on-a-statement",
    "ends-of-chains",
    "circles",
    "independent-origins",
    "disputes",
    "retellings",
    "way-to-the-article",
    "claims-of-somebody",
    "chains-across-works",
    "before-a-day",
    "evidence",
    "encodings",
)
# In a larger graph nobody waits until it is known whom to ask about, or which have an answer.
_FITTED = 500_000  # triples
_TRIED = 20_000


@dataclass(frozen=True)
class Offer:
    """The stored questions, as they are asked of one loaded graph."""

    claims: ClaimStore

    @cached_property
    def all(self) -> list[Question]:
        """Every question, but for those that have nobody to ask about in this graph."""
        if self.claims.size > _FITTED:
            return questions()
        found = (fitted(self.claims, stored) for stored in questions())
        return [asked for asked in found if asked]

    @cached_property
    def first(self) -> list[Question]:
        """The questions to begin with: those that have an answer here."""
        return list(islice(self._answered(), FIRST))

    def find(self, name: str) -> Question:
        """Find a question by name, about whom it is asked here; raise UnknownQuestion."""
        stored = question(name)
        return next((asked for asked in self.all if asked.name == name), stored)

    def _answered(self) -> Iterator[Question]:
        known = {asked.name: asked for asked in self.all}
        for name in _ORDER:
            if name in known and (self.claims.size > _TRIED or self._has_rows(known[name])):
                yield known[name]

    def _has_rows(self, asked: Question) -> bool:
        return bool(rows(self.claims, asked.query))
