"""Bound what a request may be and what it may cost."""

import os
from dataclasses import dataclass, field

MEBIBYTE = 1 << 20


def _cores() -> int:
    return len(os.sched_getaffinity(0))


def _half_the_machine() -> int:
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2


@dataclass(frozen=True)
class Limits:
    """The bounds of one server: times in seconds, sizes in bytes, the rest counts."""

    deadline: float = 30.0
    memory: int = 1024 * MEBIBYTE  # what one query may add to its worker
    together: int = field(default_factory=_half_the_machine)  # all workers' additions
    answer: int = 0  # what one answer may be long; 0 is no bound
    cache: int = 64 * MEBIBYTE  # what all kept answers may take; 0 keeps none
    kept: int = MEBIBYTE  # what one kept answer may be long
    url: int = 65_536
    headers: int = 65_536
    body: int = 1_000_000
    connections: int = 1000
    queue: int = 200  # requests that wait for a worker
    arrival: float = 15.0  # from the first byte of a request to its last
    idle: float = 60.0  # between two requests of a connection
    long: float = 0.25  # a request that has computed for so long gives way to shorter ones
    half_closed: float = 0.5  # how long a client that will send no more is still answered
    at_once: int = field(default_factory=_cores)  # workers that take requests at a time
    workers: int = field(default_factory=lambda: _cores() + 2)
    most_workers: int = field(default_factory=lambda: 12 * _cores() + 6)
