"""Serve the graph from nothing: `sayso serve`, and Oxigraph's own load and serve.

Both are measured from the start of the first process to the first right answer. Oxigraph
gets the quads ready-made; sayso also reads Turtle, infers and checks as it does for a user.
"""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from bench.harness import (
    Comparison,
    Contestant,
    Setting,
    WrongAnswerError,
    program,
    running,
)
from sayso.store import load

QUERY = """PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT (COUNT(DISTINCT ?claim) AS ?n) { ?claim prov:wasAttributedTo ?who }"""
DEADLINE = 60.0


def compare(setting: Setting) -> Comparison:
    """Measure until the number of claims is answered."""
    store = load(setting.folder).store
    attributed = ox.NamedNode("http://www.w3.org/ns/prov#wasAttributedTo")
    expected = len({q.subject for q in store.quads_for_pattern(None, attributed, None)})
    data = setting.work / "data.nq"
    with data.open("wb") as file:
        ox.serialize(store, file, format=ox.RdfFormat.N_QUADS)
    return Comparison(
        "from start to first answer",
        Contestant("sayso serve", lambda: _sayso(setting.folder.root, expected)),
        Contestant("oxigraph load, serve", lambda: _oxigraph(data, setting.work, expected)),
    )


def _sayso(root: Path, expected: int) -> float:
    port = free_port()
    command = [sys.executable, "-m", "sayso", "serve", "--port", str(port), "--data", str(root)]
    start = time.perf_counter()
    return _until_answered(command, f"http://127.0.0.1:{port}/sparql", expected) - start


def _oxigraph(data: Path, work: Path, expected: int) -> float:
    location = work / f"store-{time.monotonic_ns()}"
    port = free_port()
    oxigraph = program("oxigraph")
    load_it = [oxigraph, "load", "--location", str(location), "--file", str(data)]
    serve_it = [oxigraph, "serve-read-only", "--location", str(location), "--union-default-graph"]
    start = time.perf_counter()
    subprocess.run(load_it, check=True, capture_output=True)
    command = [*serve_it, "--bind", f"127.0.0.1:{port}"]
    return _until_answered(command, f"http://127.0.0.1:{port}/query", expected) - start


def free_port() -> int:
    """Find a port that nothing listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _until_answered(command: Sequence[str], endpoint: str, expected: int) -> float:
    """Start a server, ask until it answers, and return the time of the answer."""
    with running(command) as process:
        end = time.perf_counter() + DEADLINE
        while process.poll() is None and time.perf_counter() < end:
            answer = _ask(endpoint)
            if answer is not None:
                now = time.perf_counter()
                if answer != expected:
                    message = f"{endpoint}: {answer} claims, and {expected} are in the graph"
                    raise WrongAnswerError(message)
                return now
            time.sleep(0.005)
        process.terminate()
        said = process.stderr.read().decode() if process.stderr else ""
    message = f"{' '.join(command)}: no answer\n{said}"
    raise WrongAnswerError(message)


def _ask(endpoint: str) -> int | None:
    """Ask for the number of claims; return None where nobody listens yet."""
    address = f"{endpoint}?{urllib.parse.urlencode({'query': QUERY})}"
    request = urllib.request.Request(address, headers={"Accept": "application/sparql-results+json"})
    try:
        with urllib.request.urlopen(request, timeout=DEADLINE) as response:
            return int(json.load(response)["results"]["bindings"][0]["n"]["value"])
    except urllib.error.HTTPError:
        raise
    except (urllib.error.URLError, ConnectionError):
        return None
