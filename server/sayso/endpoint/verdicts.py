"""Tell clients what became of the requests that no worker answers, and count them."""

import os
import time
from collections import Counter
from http import HTTPStatus

from sayso.endpoint.access import line
from sayso.endpoint.door import Connection, Door
from sayso.endpoint.limits import Limits
from sayso.endpoint.wire import patience

SENTENCES = {
    "timeout": (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The query took longer than the {deadline:g} s it may take.",
    ),
    "memory": (
        HTTPStatus.INSUFFICIENT_STORAGE,
        "The query needed more memory than the {memory} bytes it may use.",
    ),
    "together": (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "All requests together needed more memory than the {together} bytes that they may use,"
        " and this one the most.",
    ),
    "error": (HTTPStatus.INTERNAL_SERVER_ERROR, "The process that answered this request failed."),
    "busy": (HTTPStatus.SERVICE_UNAVAILABLE, "The server is busy."),
}


class Verdicts:
    """What is told and logged; ``log`` is an open file, or None."""

    def __init__(self, limits: Limits, door: Door, log: int | None) -> None:
        self.outcomes: Counter[str] = Counter()
        self._limits = limits
        self._door = door
        self._log = log

    def refuse(self, connection: Connection, verdict: str) -> None:
        """Refuse a request that waits for a worker."""
        call = connection.call
        asked = f"{call.method} {call.path.decode('latin-1')}" if call else ""
        deadline = patience(call, self._limits) if call else self._limits.deadline
        self.tell(connection, verdict, asked, connection.arrived, deadline)

    def tell(
        self, connection: Connection, verdict: str, asked: str, started: int, deadline: float
    ) -> None:
        """Answer a request; ``asked`` is its method and path, ``deadline`` what it had to take."""
        if verdict == "client_gone":
            self._door.close(connection)
            self._count(verdict, 0, asked, 0, started)
            return
        status, detail = SENTENCES[verdict]
        detail = detail.format(
            deadline=deadline, memory=self._limits.memory, together=self._limits.together
        )
        self._door.refuse(
            connection,
            status,
            detail,
            head_only=asked.startswith("HEAD "),
            retry=status is HTTPStatus.SERVICE_UNAVAILABLE,
        )
        self._count(verdict, status, asked, 0, started)

    def break_off(
        self, connection: Connection, verdict: str, asked: str, started: int, sent: int
    ) -> None:
        """End an answer of which a part may have left."""
        self._door.break_off(connection)
        self._count(verdict, 0, asked, sent, started)

    def _count(self, verdict: str, status: int, asked: str, sent: int, started: int) -> None:
        self.outcomes[verdict] += 1
        if self._log is not None:
            spent = time.monotonic_ns() - started if started else 0
            os.write(self._log, line(asked, status, verdict, sent, spent))
