"""Find a place again by the length and the hash of what stood there."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from itertools import accumulate

from sayso.text.source import ArticleText, Place


@dataclass
class Windows:
    """The hashes of all places of a length, made the first time that the length is asked for."""

    text: ArticleText
    _by_length: dict[int, dict[bytes, list[int]]] = field(default_factory=dict)

    def find(self, digest: str, length: int) -> list[Place]:
        """List the places of this length that have this SHA-256 in hexadecimal."""
        if length not in self._by_length:
            self._by_length[length] = self._hashes(length)
        starts = self._by_length[length].get(bytes.fromhex(digest), [])
        return [Place(start, start + length) for start in starts]

    @cached_property
    def _offsets(self) -> list[int]:
        """Return where each code point begins in UTF-8, and where the last one ends."""
        sizes = (len(char.encode("utf-8")) for char in self.text.content)
        return list(accumulate(sizes, initial=0))

    def _hashes(self, length: int) -> dict[bytes, list[int]]:
        found: dict[bytes, list[int]] = defaultdict(list)
        content = self.text.content.encode("utf-8")
        ends = self._offsets[length:]
        for start, (begin, end) in enumerate(zip(self._offsets, ends, strict=False)):
            found[sha256(content[begin:end]).digest()].append(start)
        return found
