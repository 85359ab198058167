"""Hold a request's preconditions against the state of a graph (RFC 9110, section 13.2.2)."""

import re
from collections.abc import Callable

from werkzeug.wrappers import Request

from sayso.errors import ChangedSince

_TAG = re.compile(r'(W/)?"([^"]*)"')
State = Callable[[], str | None]


def expect(http: Request, state: State) -> None:
    """Raise ChangedSince where a graph is not in a state that the client names.

    ``state`` tells the present one, None where there is no such graph; tags begin with it.
    """
    wanted, unwanted = http.headers.get("If-Match"), http.headers.get("If-None-Match")
    if wanted is not None and not _names(wanted, state()):
        raise ChangedSince(condition="If-Match")
    if unwanted is not None and _names(unwanted, state(), weakly=True):
        raise ChangedSince(condition="If-None-Match")


def _names(given: str, state: str | None, *, weakly: bool = False) -> bool:
    if state is None:
        return False
    if given.strip() == "*":
        return True
    tags = [tag for weak, tag in _TAG.findall(given) if weakly or not weak]
    return any(tag.partition("-")[0] == state for tag in tags)
