"""Keep pages that were asked for lately: a loaded graph does not change, and so neither do they."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

_MOST = 8_000_000  # bytes in each process; some twenty records of the largest kind


class Kept:
    """Bodies of pages by address, those asked for longest ago leaving first."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._bodies: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, address: str, make: Callable[[], bytes]) -> bytes:
        """Return the body at an address, made now if it is not here."""
        with self._lock:
            body = self._bodies.get(address)
            if body is not None:
                self._bodies.move_to_end(address)
                return body
        body = make()
        with self._lock:
            self._keep(address, body)
        return body

    def _keep(self, address: str, body: bytes) -> None:
        self._size += len(body) - len(self._bodies.pop(address, b""))
        self._bodies[address] = body
        while self._size > self._most:
            _, gone = self._bodies.popitem(last=False)
            self._size -= len(gone)
