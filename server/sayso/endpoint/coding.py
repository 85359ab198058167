"""Choose how a body is compressed on its way, and compress it (RFC 9110, section 12.5.3)."""

import sys
import zlib
from collections.abc import Callable
from functools import lru_cache
from typing import Protocol

from sayso.errors import NotAcceptable

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

IDENTITY = "identity"
_SMALLEST = 1024  # bytes; what is shorter is not worth the work
_ALIASES = {"x-gzip": "gzip"}
_GZIP = 16 + zlib.MAX_WBITS
_FAST = 1  # tables of IRIs shrink to a tenth at the least effort, and others wait for the worker


class Encoder(Protocol):
    """Compress piece by piece."""

    def compress(self, data: bytes, /) -> bytes:
        """Return what is ready."""

    def flush(self) -> bytes:
        """Return the rest, and the end."""


class _Plain:
    def compress(self, data: bytes, /) -> bytes:
        return data

    def flush(self) -> bytes:
        return b""


_ENCODERS: dict[str, Callable[[], Encoder]] = {
    "zstd": lambda: zstd.ZstdCompressor(level=_FAST),
    "gzip": lambda: zlib.compressobj(_FAST, zlib.DEFLATED, _GZIP),
    IDENTITY: _Plain,
}
CODINGS = tuple(coding for coding in _ENCODERS if coding != IDENTITY)


class Codings:
    """The codings that a client accepts; ``accepted`` is its Accept-Encoding, None if missing."""

    def __init__(self, accepted: str | None) -> None:
        self._accepted = accepted
        self._qualities = _qualities(accepted or "")
        self._plain = self.quality(IDENTITY) > 0
        best = max(_ENCODERS, key=self.quality)
        self._best = best if self.quality(best) > 0 else None

    def quality(self, coding: str) -> float:
        """Return the quality of a coding; identity is accepted unless it is refused."""
        rest = self._qualities.get("*", 0.0)
        if coding in self._qualities:
            return self._qualities[coding]
        if coding == IDENTITY:
            return rest if "*" in self._qualities and rest == 0 else 1e-6
        return rest

    def best(self) -> str:
        """Choose the coding of the highest quality, the tighter of equals; raise NotAcceptable."""
        if self._best is None:
            raise NotAcceptable(accepted=self._accepted, offered=", ".join(CODINGS))
        return self._best

    def for_size(self, size: int) -> str:
        """Choose for a body of known size in bytes: a short one goes as it is, where it may."""
        if size < _SMALLEST and self._plain:
            return IDENTITY
        return self.best()


@lru_cache(maxsize=256)
def codings(accepted: str | None) -> Codings:
    """Read an Accept-Encoding; clients say the same again and again."""
    return Codings(accepted)


def encoder(coding: str) -> Encoder:
    """Begin to compress."""
    return _ENCODERS[coding]()


def _qualities(accepted: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, *parameters = (word.strip() for word in part.split(";"))
        if name:
            found[_ALIASES.get(name, name)] = _quality(parameters)
    return found


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
