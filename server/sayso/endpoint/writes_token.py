"""Know who may write: who sends the token that stands in a file (RFC 6750, section 2.1)."""

import hmac
import os
import re
import stat
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from sayso.errors import NoTokenFile, OpenTokenFile, TokenMissing, WeakToken, WrongToken

_SHORTEST, _LONGEST = 16, 1000
_TOKEN = re.compile(rb"[A-Za-z0-9\-._~+/]+=*")


@dataclass(frozen=True)
class Token:
    """A token, of which only the hash is kept."""

    digest: bytes = field(repr=False)

    @classmethod
    def read(cls, path: Path) -> "Token":
        """Read the token from a file that only its owner can read.

        Raise NoTokenFile, OpenTokenFile or WeakToken.
        """
        try:
            with path.open("rb") as file:
                mode = os.fstat(file.fileno()).st_mode
                content = file.read(_LONGEST + 3).strip()
        except OSError as error:
            raise NoTokenFile(path=path, reason=error.strerror) from error
        if mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise OpenTokenFile(path=path)
        if not (_SHORTEST <= len(content) <= _LONGEST and _TOKEN.fullmatch(content)):
            raise WeakToken(path=path, shortest=_SHORTEST, longest=_LONGEST)
        return cls(sha256(content).digest())

    def check(self, authorization: str | None) -> None:
        """Let the holder of the token pass; raise TokenMissing or WrongToken for all others.

        The comparison takes as long for a near miss as for a far one.
        """
        scheme, _, given = (authorization or "").strip().partition(" ")
        if scheme.lower() != "bearer" or not given.strip():
            raise TokenMissing
        found = sha256(given.strip().encode("utf-8", "surrogatepass")).digest()
        if not hmac.compare_digest(found, self.digest):
            raise WrongToken
