"""Hold one exact text and find words and places in it.

Positions are Unicode code points of the file as it is decoded from UTF-8: nothing is
normalised, and a line end is whatever the file has (``textform:verbatim-1``).
"""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from sayso.store.files import read_text

# One for one, so that positions stay: curly quotation marks and any white space.
_ALIKE = str.maketrans(
    dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"')
    | dict.fromkeys("\u2018\u2019\u201a", "'")
    | dict.fromkeys("\u00a0\u2009\u202f\n\r\t", " ")
)


class Place(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


def digest(words: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes in hexadecimal."""
    return sha256(words.encode("utf-8")).hexdigest()


@dataclass(frozen=True)
class ArticleText:
    """The text of one article."""

    path: Path
    content: str

    def __len__(self) -> int:
        return len(self.content)

    @cached_property
    def sha256(self) -> str:
        """The hash by which the text is known."""
        return digest(self.content)

    def digest_at(self, place: Place) -> str:
        """Hash what stands at a place."""
        return digest(self.content[place.start : place.end])

    def find(self, words: str, prefix: str = "", suffix: str = "") -> list[Place]:
        """Find all places of some words between a prefix and a suffix, overlapping ones too.

        Where they stand nowhere as given, kinds of quotation mark and white space are not told
        apart (Web Annotation, section 4.2.4, leaves the normalisation to the implementation).
        """
        found = _places(self.content, words, prefix, suffix)
        if found:
            return found
        words, prefix, suffix = (part.translate(_ALIKE) for part in (words, prefix, suffix))
        return _places(self.content.translate(_ALIKE), words, prefix, suffix)


def read_article(path: Path) -> ArticleText:
    """Read a text; raise NoFile, Unreadable, BadEncoding, or HasByteOrderMark."""
    return ArticleText(path, read_text(path))


def _places(text: str, words: str, prefix: str, suffix: str) -> list[Place]:
    wanted = prefix + words + suffix
    found: list[Place] = []
    at = text.find(wanted) if words else -1
    while at >= 0:
        start = at + len(prefix)
        found.append(Place(start, start + len(words)))
        at = text.find(wanted, at + 1)
    return found
