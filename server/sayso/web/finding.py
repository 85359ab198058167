"""Find the IRI that a path stands for, or those that it may have been meant for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from sayso.endpoint.headers import in_path
from sayso.errors import UnknownIri
from sayso.web.facts import Link
from sayso.web.forms import Offered, of_suffix
from sayso.web.site import Site

_NEAR = 5
_ALIKE = 0.7  # of 1, above which two names are near


@dataclass(frozen=True)
class Found:
    """The IRI that a path stands for, its path without suffix, and the format of the suffix."""

    iri: str
    path: str
    form: Offered | None


def find(site: Site, path: str) -> Found:
    """Find the IRI at a path: first as it stands, then without a suffix; raise UnknownIri."""
    stem, _, suffix = path.rpartition(".")
    form = of_suffix(suffix)
    for name, chosen in ((path, None), (stem, form)):
        if name and (chosen or name == path):
            for iri in _known(site, name):
                return Found(iri, "/" + in_path(name), chosen)
    raise UnknownIri(iri=site.claims.base + path)


def _known(site: Site, name: str) -> Iterator[str]:
    """Yield what is known under a path without suffix."""
    facts = site.facts
    yield from (iri for iri in facts.addresses.candidates(name) if facts.has_page(iri))
    for claim in facts.addresses.claims(name):
        if facts.has_page(claim) and facts.is_a(claim, "sayso:Claim"):
            yield claim


def near(site: Site, iri: str) -> list[Link]:
    """Find what an unknown IRI may have been meant for: what has all its words, or nearly its name.

    Of its own kind first, and else of any; where nothing is that near, nothing is offered.
    """
    kind, _, name = iri.rpartition("/")
    asked = _words(name)
    scored = [
        (_alike(asked, _words(known.rpartition("/")[2])), known.startswith(kind + "/"), known)
        for known in site.facts.documents
    ]
    nearest = sorted((one for one in scored if one[0] >= _ALIKE), reverse=True)
    of_its_kind = [one for one in nearest if one[1]] or nearest
    return [site.facts.link(known) for *_, known in of_its_kind[:_NEAR]]


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[^a-z0-9]+", name.casefold()) if word]


def _alike(asked: list[str], known: list[str]) -> float:
    """Compare two names, from 0 to 1: a name that has all the words asked for is near at least."""
    matcher = SequenceMatcher(None, " ".join(asked), " ".join(known))
    least = _ALIKE if asked and set(asked) <= set(known) else 0
    near = matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE
    return max(least, matcher.ratio() if near else 0)
