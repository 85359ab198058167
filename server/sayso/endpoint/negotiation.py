"""Choose the format of an answer by what the client accepts (RFC 9110, section 12.5.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from sayso.errors import NotAcceptable

HTML = "text/html"
_ALIASES = {
    "turtle": "ttl",
    "n3": "ttl",
    "ntriples": "nt",
    "n-triples": "nt",
    "nquads": "nq",
    "n-quads": "nq",
    "json-ld": "jsonld",
    "json": "jsonld",
    "rdf+xml": "rdf",
    "rdfxml": "rdf",
    "xml": "rdf",
}


@dataclass(frozen=True)
class Form:
    """What is offered beside formats of RDF: a page for people, a text, JSON."""

    media_types: tuple[str, ...]
    suffix: str


PAGE = Form((HTML,), "html")


class Offer(Protocol):
    """What negotiation needs to know of a format; its first media type names it."""

    @property
    def media_types(self) -> tuple[str, ...]:
        """The media types that ask for the format."""

    @property
    def suffix(self) -> str:
        """Its short name, as in ``?format=``."""


Kind = TypeVar("Kind", bound=Offer)


def negotiate(accept: str | None, offers: Sequence[Kind]) -> Kind:
    """Return the offer of the highest quality, the first of equals.

    A missing or empty header accepts anything. The most specific range that matches a media
    type gives its quality, and quality 0 refuses it. A further media type of an offer counts where
    it is named itself. Parameters other than ``q`` (a charset, a JSON-LD profile) do not narrow.
    Raise NotAcceptable where nothing is left.
    """
    if not accept or not accept.strip():
        return offers[0]
    best = _best(accept, tuple(offer.media_types for offer in offers))
    if best is None:
        raise NotAcceptable(accepted=accept, offered=listed(offers))
    return offers[best]


def choose(name: str | None, accept: str | None, offers: Sequence[Kind]) -> Kind:
    """Choose by short name where one is given, else by what is accepted."""
    return by_name(name, offers) if name else negotiate(accept, offers)


def by_name(name: str, offers: Sequence[Kind]) -> Kind:
    """Find the offer of a short name or media type, as given in ``?format=``.

    Clients have other names for formats, too; one counts where no offer has it as its own.
    """
    for known in (name, _ALIASES.get(name.lower(), name)):
        for offer in offers:
            if known == offer.suffix or known in offer.media_types:
                return offer
    names = ", ".join(offer.suffix for offer in offers)
    raise NotAcceptable(accepted=name, offered=names)


def listed(offers: Sequence[Offer]) -> str:
    """Name what can be had, for a person and for a header."""
    return ", ".join(offer.media_types[0] for offer in offers)


@lru_cache(maxsize=256)
def _best(accept: str, offers: tuple[tuple[str, ...], ...]) -> int | None:
    """Return the place of the best offer; clients say the same again and again."""
    ranges = _ranges(accept)
    qualities = [_quality(media_types, ranges) for media_types in offers]
    best = max(qualities)
    return qualities.index(best) if best > 0 else None


def _quality(media_types: tuple[str, ...], ranges: MIMEAccept) -> float:
    first, *others = media_types
    named = [quality for value, quality in ranges if value in others]
    return max(ranges.quality(first), *named, 0)


def _ranges(accept: str) -> MIMEAccept:
    given = parse_accept_header(accept, MIMEAccept)
    bare = [(value.partition(";")[0].strip().lower(), quality) for value, quality in given]
    return MIMEAccept([("*/*" if value == "*" else value, quality) for value, quality in bare])
