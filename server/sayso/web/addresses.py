"""Map the paths of this server to the IRIs of the graph, and back.

The graph's IRIs name no particular host: the path after the base IRI is the path here.
A folder with a base of its own still uses sayso's terms and codes, which keep theirs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from sayso.vocabularies import BASE, VOCABULARIES

_KEPT = "/:@!$&'()*+,;=~-._"


@dataclass(frozen=True)
class Addresses:
    """The base IRIs under which a path is looked up, in order."""

    base: str

    @property
    def bases(self) -> tuple[str, ...]:
        """The folder's own base, then sayso's."""
        return tuple(dict.fromkeys((self.base, BASE)))

    def candidates(self, path: str) -> Iterator[str]:
        """Yield the IRIs that a path, without its first slash, may stand for."""
        for base in self.bases:
            yield base + path
            if quote(path, safe=_KEPT) != path:
                yield base + quote(path, safe=_KEPT)

    def claim_page(self, iri: str) -> str | None:
        """Return the path of the page of a claim of a record, or None where its IRI is no such.

        The claim's IRI itself leads to its record, as hash IRIs do.
        """
        for base in self.bases:
            record, hash_, name = iri.removeprefix(base + "article/").partition("#")
            if iri.startswith(base + "article/") and hash_ and "/" not in record + name:
                return f"/claim/{record}/{name}"
        return None

    def claims(self, path: str) -> Iterator[str]:
        """Yield the IRIs of the claim whose page may be at a path, without its first slash."""
        start, _, name = path.partition("/")
        record, slash, local = name.rpartition("/")
        if start == "claim" and slash:
            yield from (f"{base}article/{record}#{local}" for base in self.bases)

    def local(self, iri: str) -> str | None:
        """Return the path and fragment of an IRI here, or None for another's IRI."""
        for base in self.bases:
            if iri.startswith(base):
                return "/" + iri.removeprefix(base).replace("?", "%3F")
        return None

    def name(self, iri: str) -> str:
        """Return what to show where there is no label.

        That is the last part of an IRI here, the prefixed name of a well-known term, and all of
        another's IRI, whose last part may say nothing.
        """
        here = self.local(iri)
        if here is not None:
            return here.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1] or iri
        for prefix, start in VOCABULARIES.items():
            if iri.startswith(start) and iri != start:
                return f"{prefix}:{iri.removeprefix(start)}"
        return iri

    def fragment(self, iri: str) -> str:
        """Return the part after the hash, which is an anchor on the page of the document."""
        return iri.partition("#")[2]
