"""See what a cheap query costs while queries run that never end, and what a dump takes."""

import http.client
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from bench.endpoint.kinds import JSON, Kind
from bench.endpoint.servers import Running
from bench.endpoint.wrk import Load, measure

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?%s) }"
DUMPS = {  # by name: media type and the ending of a file
    "Turtle": ("text/turtle", "ttl"),
    "JSON-LD": ("application/ld+json", "jsonld"),
    "N-Quads": ("application/n-quads", "nq"),
}


def latencies(server: Running, kind: Kind, seconds: float, endless: int = 2) -> dict[str, float]:
    """Return the milliseconds of a point lookup, idle and beside so many endless queries."""
    load = Load(1, seconds)
    idle = measure(server, kind, load, 0.0)
    with _endless(server, endless):
        time.sleep(1.0)
        busy = measure(server, kind, load, 0.0)
    return {
        "p50 idle": idle.p50,
        "p99 idle": idle.p99,
        "p50 busy": busy.p50,
        "p99 busy": busy.p99,
        "p99 ratio": busy.p99 / idle.p99,
    }


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


def memory(pid: int) -> float:
    """Return the resident megabytes of a process group's processes; shared pages count for each."""
    command = ["ps", "-o", "rss=", "--no-headers", "-g", str(pid)]
    out = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return sum(map(int, out.split())) / 1024
