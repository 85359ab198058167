"""Hold a request's preconditions against the state of a graph (RFC 9110, section 13.2.2)."""

from dataclasses import dataclass
from typing import Protocol, Self

from werkzeug.wrappers import Request

from sayso.errors import ChangedSince


class IsCurrent(Protocol):
    """What says whether a header field names the state that a graph is in."""

    def __call__(self, given: str, *, weakly: bool = False) -> bool:
        """Say whether one of the tags is of this state; False where there is no graph."""


@dataclass(frozen=True)
class Conditions:
    """The states that a client wants a graph to be in, or not to be in."""

    if_match: str | None = None
    if_none_match: str | None = None

    @classmethod
    def of(cls, http: Request) -> Self:
        """Read them from a request."""
        return cls(http.headers.get("If-Match"), http.headers.get("If-None-Match"))

    def expect(self, is_current: IsCurrent) -> None:
        """Raise ChangedSince where a graph is not in a state that is wanted."""
        if self.if_match is not None and not is_current(self.if_match):
            raise ChangedSince(condition="If-Match")
        if self.if_none_match is not None and is_current(self.if_none_match, weakly=True):
            raise ChangedSince(condition="If-None-Match")
