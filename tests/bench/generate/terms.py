"""Hold the parts of which a claim graph is made, each with its name in Turtle."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256

PREDICATE = "https://w3id.org/sayso/predicate/"
XSD = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True)
class Entity:
    """Somebody or something that claims speak of, such as person/witness-17."""

    room: str
    slug: str

    @property
    def turtle(self) -> str:
        """The name with its prefix."""
        return f"{self.room}:{self.slug}"

    @property
    def label(self) -> str:
        """The name as people read it."""
        return self.slug.replace("-", " ")

    def iri(self, base: str) -> str:
        """The IRI under a base."""
        return f"{base}id/{self.room}/{self.slug}"


@dataclass(frozen=True)
class Period:
    """A date in EDTF: a day, a month, an interval, or open to the past."""

    edtf: str

    @property
    def local(self) -> str:
        """The last part of the IRI."""
        return self.edtf.replace("..", "open").replace("/", "_")

    @property
    def earliest(self) -> str | None:
        """The first day that it allows, None where it is open."""
        first = self.edtf.split("/")[0]
        return None if first == ".." else f"{first}-01"[:10]

    @property
    def latest(self) -> str:
        """The last day that it allows."""
        last = self.edtf.split("/")[-1]
        if len(last) > len("1865-05"):
            return last
        year, month = map(int, last.split("-"))
        return date(year, month, monthrange(year, month)[1]).isoformat()


@dataclass(frozen=True)
class Statement:
    """What is claimed: an object that is no Entity is a literal, a whole number or a string."""

    base: str
    subject: Entity
    predicate: str
    object: Entity | int | str
    date: Period | None = None
    place: Entity | None = None

    @cached_property
    def local(self) -> str:
        """The last part of the IRI: what people can read, and the hash of the content."""
        thing, datatype = self.object, ""
        if isinstance(thing, Entity):
            value, slug = thing.iri(self.base), thing.slug
        else:
            value, slug = str(thing), re.sub(r"[^a-z0-9]+", "-", str(thing))[:40].strip("-")
            datatype = XSD + ("integer" if isinstance(thing, int) else "string")
        parts = (
            self.subject.iri(self.base),
            PREDICATE + self.predicate,
            value,
            datatype,
            "",
            f"{self.base}date/{self.date.local}" if self.date else "",
            self.place.iri(self.base) if self.place else "",
        )
        content = sha256("\n".join(parts).encode("utf-8")).hexdigest()[:8]
        verb = re.sub(r"(?=[A-Z])", "-", self.predicate).lower()
        return f"{self.subject.slug}-{verb}-{slug}-{content}"

    @property
    def words(self) -> str:
        """The statement as people read it."""
        verb = re.sub(r"(?=[A-Z])", " ", self.predicate).lower()
        thing = self.object.label if isinstance(self.object, Entity) else self.object
        return f"{self.subject.label} {verb} {thing}"


@dataclass(frozen=True)
class Source:
    """A claimant without a name, known in one record only."""

    slug: str

    @property
    def turtle(self) -> str:
        """The name, relative to the record."""
        return f"<#{self.slug}>"

    @property
    def label(self) -> str:
        """The name as people read it."""
        return f"unnamed {self.slug}"


@dataclass
class Claim:
    """One say-so; its number counts within the record, as do those in ``relays`` and ``joins``."""

    number: int
    claimant: Entity | Source
    act: str
    said_on: Period
    paraphrase: str
    span: int
    states: Statement | None = None
    relays: tuple[int, ...] = ()
    certainty: str = "unstated"
    basis: str | None = None
    said_in: Entity | None = None
    confidence: str | None = None
    note: str | None = None
    joins: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Place:
    """A half-open range of code points, with the hash of what stands there."""

    start: int
    end: int
    sha256: str
