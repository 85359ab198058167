"""Show a text that a curator has, with the places of claims in it.

The text is given when the server starts and stays in that file: it is no part of a graph, and
nothing of it is written anywhere.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from sayso.errors import TextNotRead
from sayso.store.queries import rows
from sayso.text.source import ArticleText, read_article
from sayso.web.facts import Facts

_AT_ENDS = 4  # words of a long place, at each of its ends, that lead a browser to it
_VERSIONS = 'SELECT ?text { ?text a sayso:TextVersion ; schema:sha256 "%s" }'
_PLACES = """
SELECT DISTINCT ?claim ?start ?end WHERE {
  ?claim sayso:evidence ?span . ?span oa:hasSource %s ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end
} ORDER BY ?start DESC(?end) ?claim
"""


@dataclass(frozen=True)
class Piece:
    """Some words of a text, and the claims that have a place there."""

    words: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Texts:
    """The texts that were given, by the IRI of the text version that each one is."""

    known: Mapping[str, ArticleText] = field(default_factory=dict)

    @classmethod
    def of(cls, facts: Facts, paths: Iterable[Path]) -> "Texts":
        """Read texts; raise TextNotRead, and what `read_article` raises."""
        found: dict[str, ArticleText] = {}
        for path in paths:
            text = read_article(path)
            versions = [row["text"].value for row in rows(facts.claims, _VERSIONS % text.sha256)]
            if not versions:
                raise TextNotRead(path=path, hash=text.sha256)
            found |= dict.fromkeys(versions, text)
        return cls(found)

    def marked(self, facts: Facts, record: str) -> list[Piece]:
        """Cut the text of a record where places of claims begin and end; else nothing."""
        own = [iri for iri in self.known if iri.partition("#")[0] == record]
        return [piece for iri in own for piece in _pieces(facts, iri, self.known[iri].content)]

    def fragment(self, text: str, start: int, end: int) -> str:
        """Write a text fragment that leads a browser to a place, or nothing without the text.

        The words are only in this address (WICG, Text Fragments, section 3.2).
        """
        if text not in self.known:
            return ""
        words = self.known[text].content[start:end].split()
        if len(words) <= 2 * _AT_ENDS:
            return "#:~:text=" + _quoted(words)
        return f"#:~:text={_quoted(words[:_AT_ENDS])},{_quoted(words[-_AT_ENDS:])}"


def _quoted(words: Iterable[str]) -> str:
    """Escape what the directive's own grammar uses: a comma, a hyphen and an ampersand."""
    return quote(" ".join(words), safe="").replace("-", "%2D")


def _pieces(facts: Facts, text: str, content: str) -> Iterator[Piece]:
    places = [
        (int(row["start"].value), int(row["end"].value), row["claim"].value)
        for row in rows(facts.claims, _PLACES % ox.NamedNode(text))
    ]
    cuts = sorted({0, len(content), *(cut for start, end, _ in places for cut in (start, end))})
    for start, end in pairwise(cuts):
        claims = tuple(claim for first, last, claim in places if first <= start and end <= last)
        yield Piece(content[start:end], claims)
