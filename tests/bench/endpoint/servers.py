"""Start each contestant as its users do, wait until it answers, and end it again."""

import http.client
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from bench.harness import WrongAnswerError, program
from bench.serve import free_port

PATIENCE = 300.0  # seconds until a server must answer
ALIVE = "ASK { ?claim a <https://w3id.org/sayso/ns#Claim> }"


@dataclass(frozen=True)
class Contestant:
    """A server to be measured; the commands may name {port}, {folder}, {nquads} and {store}.

    ``prepare`` runs to its end first; ``upload`` is a path that takes the N-Quads once it runs.
    """

    name: str
    command: str
    path: str
    prepare: str | None = None
    upload: str | None = None


@dataclass
class Running:
    """A server that answers."""

    contestant: Contestant
    process: subprocess.Popen[bytes]
    port: int
    times: dict[str, float] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name for the table."""
        return self.contestant.name

    @property
    def origin(self) -> str:
        """The address without the path."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, target: str, accept: str, timeout: float = PATIENCE) -> tuple[int, bytes]:
        """Ask once; return the status and the whole body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET", target, headers={"Accept": accept})
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()


def end_with_us() -> None:
    """Let SIGTERM end this process as Ctrl-C does, so that no server is left behind."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


def sayso() -> Contestant:
    """Return sayso's own server."""
    command = f"{sys.executable} -m sayso serve --no-check --port {{port}} --data {{folder}}"
    return Contestant("sayso", command, "/sparql")


def sayso_of_quads() -> Contestant:
    """Return sayso's server over the quads as they are, as it serves anybody's RDF."""
    command = f"{sys.executable} -m sayso serve --port {{port}} --rdf {{nquads}}"
    return Contestant("sayso --rdf", command, "/sparql")


def oxigraph_in_memory() -> Contestant:
    """Return Oxigraph's server without a folder, into which the quads are sent."""
    command = f"{program('oxigraph')} serve --union-default-graph --bind 127.0.0.1:{{port}}"
    return Contestant("oxigraph, memory", command, "/query", upload="/store")


def oxigraph_on_disk() -> Contestant:
    """Return Oxigraph's server over a folder that `oxigraph load` filled."""
    oxigraph = program("oxigraph")
    return Contestant(
        "oxigraph, disk",
        f"{oxigraph} serve-read-only --union-default-graph --location {{store}}"
        " --bind 127.0.0.1:{port}",
        "/query",
        prepare=f"{oxigraph} load --location {{store}} --file {{nquads}}",
    )


@contextmanager
def started(contestant: Contestant, folder: Path, nquads: Path, work: Path) -> Iterator[Running]:
    """Keep a server running; its ``times`` say how long it took to load and to answer."""
    slug = re.sub("[^a-z0-9]+", "-", contestant.name.lower())
    store = work / f"{nquads.stem}-{slug}"
    port = free_port()
    facts = {"port": port, "folder": folder, "nquads": nquads, "store": store}
    log = (work / f"{store.name}.log").open("wb")
    start = time.perf_counter()
    times: dict[str, float] = {}
    if contestant.prepare and not store.exists():
        command = shlex.split(contestant.prepare.format(**facts))
        subprocess.run(command, check=True, stdout=log, stderr=log)
        times["load"] = time.perf_counter() - start
    command = shlex.split(contestant.command.format(**facts))
    # Not a session of its own: between sessions the system shares out each core in slices of up to
    # 4 ms, whatever the server has said of its long queries, and wrk would wait so long for one.
    process = subprocess.Popen(command, stdout=log, stderr=log, process_group=0)
    try:
        running = Running(contestant, process, port, times)
        if contestant.upload:
            _wait(running, "/", log.name)
            _upload(running, nquads)
            times["load"] = time.perf_counter() - start
        _wait(running, f"{contestant.path}?query={quote(ALIVE, safe='')}", log.name)
        times["answer"] = time.perf_counter() - start
        yield running
    finally:
        end(process)
        log.close()


def _wait(running: Running, target: str, log: str) -> None:
    end = time.perf_counter() + PATIENCE
    while time.perf_counter() < end and running.process.poll() is None:
        try:
            status, _ = running.get(target, "application/sparql-results+json, */*;q=0.1")
        except (OSError, http.client.HTTPException):
            time.sleep(0.01)
            continue
        if status < http.client.INTERNAL_SERVER_ERROR:
            return
        time.sleep(0.1)
    said = Path(log).read_text(errors="replace")[-2000:]
    message = f"{running.name} does not answer; it said:\n{said}"
    raise WrongAnswerError(message)


def _upload(running: Running, nquads: Path) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=PATIENCE)
    headers = {
        "Content-Type": "application/n-quads",
        "Content-Length": str(nquads.stat().st_size),
    }
    with nquads.open("rb") as file:
        connection.request("POST", running.contestant.upload or "", file, headers)
        response = connection.getresponse()
        answer = response.read()
    connection.close()
    if response.status >= http.client.BAD_REQUEST:
        message = f"{running.name} refuses the quads: {response.status} {answer[:500]!r}"
        raise WrongAnswerError(message)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a server and the workers that it started, which are its own process group."""
    if process.returncode is not None:
        return
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
            process.wait(timeout=3)
        except ProcessLookupError:
            break
        except subprocess.TimeoutExpired:
            continue
    process.wait(timeout=10)
