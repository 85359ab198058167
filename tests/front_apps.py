"""Be a server to be tested: an application that does what is bad for servers, behind the front.

Run as a program it serves on a free port and tells which: ``front_apps.py LIMITS OPTIONS``.
"""

import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph as ox

from sayso.endpoint.front import serve
from sayso.endpoint.gateway import Application, Environ, StartResponse
from sayso.endpoint.generation import Loaded
from sayso.endpoint.limits import Limits
from sayso.endpoint.versions import Source
from sayso.endpoint.worker import SERVING, Serving
from sayso.errors import SaysoError
from sayso.store.union import UnionAwaited

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ROWS = 1000


class BadGraphError(SaysoError):
    """The graph in {path} is bad."""


def load(folder: str) -> Loaded:
    """Load what the file ``version`` in a folder says; ``bad`` is refused, ``dead`` dies."""
    path = Path(folder) / "version"
    version = path.read_text(encoding="utf-8")
    if version == "bad":
        raise BadGraphError(path=path)
    if version == "dead":
        os.abort()
    store = ox.Store()
    node = ox.NamedNode("urn:x:p")
    store.extend(ox.Quad(ox.NamedNode(f"urn:x:{n}"), node, ox.Literal(n)) for n in range(ROWS))
    rest = Rest(path.parent) if (path.parent / "rest").exists() else None
    return Loaded(_app(store, version, folder, rest), version, rest=rest)


@dataclass
class Rest:
    """What is left of loading until a test opens the gate ``whole``."""

    folder: Path
    whole: bool = False
    left: bool = False

    def complete(self) -> None:
        """Say that it is begun, and wait for the gate."""
        (self.folder / "begun").touch()
        _pass_gate({"folder": str(self.folder), "gate": "whole"})
        self.whole = True

    def leave(self) -> None:
        """Do without."""
        self.left = True

    def told(self) -> str:
        """Say whether all is loaded; raise UnionAwaited where another process is to say it."""
        if self.left:
            raise UnionAwaited
        return "whole" if self.whole else "in part"


def _app(store: ox.Store, version: str, folder: str, rest: Rest | None) -> Application:
    def app(environ: Environ, start: StartResponse) -> Iterable[bytes]:
        path = str(environ["PATH_INFO"])
        given = {k: v[0] for k, v in parse_qs(str(environ["QUERY_STRING"])).items()}
        if path == "/sparql":
            return _query(store, given["query"], start)
        if path == "/rest" and rest is not None:
            return _rest(rest, environ, start, given)
        return _ACTIONS[path](environ, start, {"version": version, "folder": folder, **given})

    return app


class _Writer:
    def __init__(self, write: Callable[[bytes], object]) -> None:
        self.write = write

    def flush(self) -> None:
        pass


def _query(store: ox.Store, query: str, start: StartResponse) -> Iterable[bytes]:
    results = store.query(query)
    assert isinstance(results, ox.QuerySolutions)
    write = start("200 OK", [("Content-Type", "text/csv")])
    results.serialize(_Writer(write), format=ox.QueryResultsFormat.CSV)  # type: ignore[arg-type]
    return []


def _text(start: StartResponse, text: str) -> list[bytes]:
    start("200 OK", [("Content-Type", "text/plain")])
    return [text.encode()]


def _rest(
    rest: Rest, environ: Environ, start: StartResponse, given: dict[str, str]
) -> Iterable[bytes]:
    """Say whether all is loaded, and what was sent; perhaps after some kilobytes."""
    body = environ["wsgi.input"].read()  # type: ignore[attr-defined]
    write = start("200 OK", [("Content-Type", "text/plain"), ("Cache-Control", "no-store")])
    for _ in range(int(given.get("kib", 0))):
        write(b"x" * 1024)
    write(rest.told().encode() + body)
    return []


def _version(environ: Environ, start: StartResponse, given: dict[str, str]) -> Iterable[bytes]:
    time.sleep(float(given.get("wait", 0)))
    _pass_gate(given)
    return _text(start, given["version"])


def _pass_gate(given: dict[str, str]) -> None:
    """Wait for a test to open the gate that the request names, if it names any."""
    while "gate" in given and not (Path(given["folder"]) / given["gate"]).exists():
        time.sleep(0.01)


def _pid(environ: Environ, start: StartResponse, given: dict[str, str]) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/plain"), ("Cache-Control", "no-store")])
    return [str(os.getpid()).encode()]


def _now(environ: Environ, start: StartResponse, given: dict[str, str]) -> Iterable[bytes]:
    return _text(start, str(time.monotonic_ns()).ljust(int(given.get("size", 0))))


def _echo(environ: Environ, start: StartResponse, given: dict[str, str]) -> Iterable[bytes]:
    body = environ["wsgi.input"].read()  # type: ignore[attr-defined]
    told = {key: value for key, value in environ.items() if isinstance(value, str)}
    return _text(start, json.dumps({**told, "body": body.decode("latin-1")}))


def _stream(environ: Environ, start: StartResponse, given: dict[str, str]) -> Iterable[bytes]:
    """Write kilobytes, then wait, crash, raise, or end."""
    write = start("200 OK", [("Content-Type", "text/plain")])
    for _ in range(int(given["kib"])):
        write(b"x" * 1024)
    if given.get("then") == "wait":
        time.sleep(600)
    if given.get("then") == "abort":
        os.abort()
    if given.get("then") == "raise":
        raise ValueError("spoilt")
    return []


def _grow(environ: Environ, start: StartResponse, given: dict[str, str]) -> Iterable[bytes]:
    """Take memory bit by bit, then keep it for a while, or until a gate opens."""
    taken = []
    for _ in range(int(given["mib"])):
        taken.append(os.urandom(1 << 20))
        time.sleep(0.002)
    time.sleep(float(given.get("wait", 0)))
    _pass_gate(given)
    return _text(start, str(len(taken)))


def _write(environ: Environ, start: StartResponse, given: dict[str, str]) -> Iterable[bytes]:
    """Change what is loaded, as an application that writes does; perhaps die of it."""
    serving = environ[SERVING]
    assert isinstance(serving, Serving)
    serving.writes()
    (Path(given["folder"]) / "version").write_text(given["to"], encoding="utf-8")
    if given.get("then") == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    return _text(start, serving.load() or "served")


def _burn(environ: Environ, start: StartResponse, given: dict[str, str]) -> Iterable[bytes]:
    """Compute for some seconds."""
    end = time.process_time() + float(given["seconds"])
    while time.process_time() < end:
        sum(range(100_000))
    return _text(start, given["version"])


_ACTIONS = {
    "/burn": _burn,
    "/write": _write,
    "/version": _version,
    "/pid": _pid,
    "/now": _now,
    "/echo": _echo,
    "/stream": _stream,
    "/grow": _grow,
}


def main() -> None:
    """Serve, and print the port and then each version that is served."""
    limits, options, log = json.loads(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3]
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    place = (str(listener.getsockname()[0]), int(listener.getsockname()[1]))
    print(place[1], flush=True)
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    source = Source("front_apps:load", options, place, file)
    serve(source, Limits(**limits), [listener], lambda version: print(version, flush=True))


if __name__ == "__main__":
    try:
        main()
    except SaysoError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
