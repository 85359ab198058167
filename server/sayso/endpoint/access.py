"""Write one line of JSON for each request; made by hand, for it is written at every request."""

import time
from json.encoder import encode_basestring_ascii


def line(asked: str, status: int, outcome: str, sent: int, spent: int) -> bytes:
    """Say when, what, with which status and outcome, how many bytes and in how many ms.

    ``asked`` is method and path; ``status`` 0 is an answer that was broken off; ``spent``
    counts nanoseconds from the request's arrival.
    """
    method, _, path = asked.partition(" ")
    return (
        f'{{"time": {time.time():.3f}, "method": {encode_basestring_ascii(method)}, '
        f'"path": {encode_basestring_ascii(path)}, "status": {status}, '
        f'"outcome": "{outcome.lower().replace("_", "-")}", "bytes": {sent}, '
        f'"ms": {spent / 1e6:.3f}}}\n'
    ).encode()
