"""Hold what has been read of claims, ready for a page, a sentence or a count.

Nothing here says that anything claimed is so.
"""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Named:
    """A node with the name that a person reads."""

    iri: str
    label: str

    @property
    def code(self) -> str:
        """The last part of the IRI, by which codes are told apart."""
        return self.iri.rstrip("/").replace("#", "/").rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Statement:
    """What claims take a stance on; held by nobody here."""

    iri: str
    subject: str
    predicate: str
    object: str
    when: str | None = None
    where: str | None = None

    @property
    def parts(self) -> tuple[str, ...]:
        """Its parts in reading order: subject, predicate, object, date, place."""
        found = (self.subject, self.predicate, self.object, self.when, self.where)
        return tuple(part for part in found if part)


@dataclass(frozen=True, order=True)
class Span:
    """A place in a text: code points from ``start`` up to, not including, ``end``."""

    iri: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Withdrawal:
    """That a claim was taken back: by whom, when, and what its claimant says instead."""

    by: Named | None = None
    on: str | None = None
    instead: str | None = None
    instead_iri: str | None = None


@dataclass(frozen=True)
class Claim:
    """One say-so: one claimant, one speech act, one occasion."""

    iri: str
    name: str
    claimant: Named
    act: Named
    unnamed: bool = False
    stance: Named | None = None
    certainty: Named | None = None
    basis: Named | None = None
    confidence: Named | None = None
    paraphrase: str | None = None
    statement: Statement | None = None
    said_in: Named | None = None
    said_on: str | None = None
    record: Named | None = None
    note: str | None = None
    evidence: tuple[Span, ...] = ()
    withdrawal: Withdrawal | None = None


@dataclass(frozen=True)
class Relation:
    """How another claim stands beside the one asked about.

    ``outward`` is true where the one asked about is the subject: it supports the other.
    """

    kind: str
    outward: bool
    other: Claim
