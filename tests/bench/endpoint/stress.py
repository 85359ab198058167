"""See what a cheap query costs while queries run that never end, and what a dump takes."""

import http.client
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from statistics import median
from urllib.parse import quote

from bench.endpoint.kinds import JSON, Kind
from bench.endpoint.servers import Running, end
from bench.endpoint.wrk import Load, measure
from bench.soak.watch import ticks

PATIENCE = 5.0  # seconds in which a server may notice that nobody listens any more
RESTING = 0.25  # of one core
SETTLING = 2.0  # seconds, after downloads and after long queries have begun
ROUNDS = 5
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?%s) }"
DUMPS = {  # by name: media type and the ending of a file
    "Turtle": ("text/turtle", "ttl"),
    "JSON-LD": ("application/ld+json", "jsonld"),
    "N-Quads": ("application/n-quads", "nq"),
}


def latencies(
    servers: Sequence[Running], kind: Kind, seconds: float, endless: int = 2
) -> dict[str, dict[str, float]]:
    """Return the milliseconds of a point lookup, idle and beside so many endless queries.

    "s to quiet" are the seconds from when their clients hang up until the server rests; a
    server that does not within PATIENCE has none. Each server is ended after its turn, since
    queries that it cannot stop would burden the next.
    """
    load = Load(1, seconds)
    time.sleep(SETTLING)
    idle = {server.name: _typical(server, kind, load) for server in servers}
    found: dict[str, dict[str, float]] = {}
    for server in servers:
        with _endless(server, endless):
            time.sleep(SETTLING)
            busy = _typical(server, kind, load)
        alone = idle[server.name]
        found[server.name] = {
            "p50 idle": alone[0],
            "p99 idle": alone[1],
            "p50 busy": busy[0],
            "p99 busy": busy[1],
            "p99 ratio": busy[1] / alone[1],
        } | _quiet(server)
        end(server.process)
    return found


def _typical(server: Running, kind: Kind, load: Load) -> tuple[float, float]:
    """Return the medians of the median and of the 99th percentile over some rounds."""
    rates = [measure(server, kind, load, 0.0) for _ in range(ROUNDS)]
    return median(rate.p50 for rate in rates), median(rate.p99 for rate in rates)


def _quiet(server: Running) -> dict[str, float]:
    start, step = time.perf_counter(), 0.2
    before = ticks(server.process.pid)
    while time.perf_counter() - start < PATIENCE:
        time.sleep(step)
        now = ticks(server.process.pid)
        used = sum(used - before.get(pid, 0) for pid, used in now.items())
        if used / os.sysconf("SC_CLK_TCK") < step * RESTING:
            return {"s to quiet": time.perf_counter() - start}
        before = now
    return {}


@contextmanager
def _endless(server: Running, number: int) -> Iterator[None]:
    """Keep so many queries running; hanging up may or may not end them."""
    open_: list[http.client.HTTPConnection] = []
    try:
        for name in "dgh"[:number]:
            connection = http.client.HTTPConnection("127.0.0.1", server.port)
            target = f"{server.contestant.path}?query={quote(ENDLESS % name, safe='')}"
            connection.request("GET", target, headers={"Accept": JSON})
            open_.append(connection)
        yield
    finally:
        for connection in open_:
            connection.close()


def dumps(server: Running, path: str | None) -> dict[str, float]:
    """Return the seconds of a download of the whole graph in each format that the server has.

    ``path`` may hold {suffix}; a server without such addresses is asked at its graph store.
    """
    found: dict[str, float] = {}
    for name, (media_type, suffix) in DUMPS.items():
        if path is None:
            continue
        start = time.perf_counter()
        try:
            status, body = server.get(path.format(suffix=suffix), media_type)
        except (OSError, http.client.HTTPException):
            continue
        if status == http.HTTPStatus.OK and len(body) > 1000:
            found[name] = time.perf_counter() - start
    return found
