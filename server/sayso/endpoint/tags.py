"""Mark answers with entity tags, and know them again (RFC 9110, sections 8.8.3 and 13.1.2)."""

import re
from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import NamedTuple

from sayso.endpoint.coding import CODINGS, IDENTITY
from sayso.endpoint.federation import unescaped

_GIVEN = re.compile(r'(W/)?"([^"]*)"|(\*)')
_SPACE = r"(?:\s|#[^\r\n]*)*"
_CHANGING = re.compile(rf"\b(?:NOW|RAND|UUID|STRUUID){_SPACE}\(", re.IGNORECASE)


class Tag(NamedTuple):
    """An entity tag.

    A weak one says that the same is said, in any order and any coding; a strong one that
    every byte is the same, so each content coding has its own.
    """

    opaque: str
    strong: bool = False

    def field(self, coding: str = IDENTITY) -> str:
        """Write the value of the ETag header field."""
        if not self.strong:
            return f'W/"{self.opaque}"'
        return f'"{self.opaque}"' if coding == IDENTITY else f'"{self.opaque}-{coding}"'

    def known(self, if_none_match: str) -> str | None:
        """Return this tag as the client wrote it, if it did; the comparison is the weak one."""
        mine = {self.opaque, *(f"{self.opaque}-{coding}" for coding in CODINGS if self.strong)}
        for given in _GIVEN.finditer(if_none_match):
            if given[3]:
                return self.field()
            if given[2] in mine:
                return f'"{given[2]}"' if self.strong else self.field()
        return None


def among(given: str, is_current: Callable[[str], bool], *, weakly: bool = False) -> bool:
    """Say whether a list of tags names the state of what is there; ``*`` names whatever is there.

    A tag begins with the name of a state, and what follows a hyphen tells its forms apart. Weak
    ones name nothing but where the comparison is a weak one (RFC 9110, section 8.8.3.2).
    """
    if given.strip() == "*":
        return True
    tags = (tag for weak, tag, _ in _GIVEN.findall(given) if weakly or not weak)
    return any(is_current(tag.partition("-")[0]) for tag in tags)


def digest(parts: Iterable[str]) -> str:
    """Make one short name of several strings."""
    told = "".join([f"{len(part)}:{part}" for part in parts])
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def changes(query: str) -> bool:
    """Say whether a query may be answered otherwise each time, though the graph is the same."""
    if "\\" in query:
        return any(_CHANGING.search(text) for text in (query, unescaped(query)))
    plain = query.casefold()
    if "now" in plain or "rand" in plain or "uuid" in plain:
        return _CHANGING.search(query) is not None
    return False
