"""Start the server of front_apps.py for a test, and look at its processes."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from front_apps import ENDLESS

SOON = 20.0  # seconds: what must come, comes long before
ENDLESS_PATH = f"/sparql?query={quote(ENDLESS)}"


@dataclass
class Server:
    """A running server."""

    process: subprocess.Popen[str]
    port: int
    folder: Path

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Ask on a connection of its own; return status, headers and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(
                method, path, body, {k.replace("_", "-"): v for k, v in headers.items()}
            )
            answer = connection.getresponse()
            content = answer.read()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, content
        finally:
            connection.close()

    def health(self) -> dict[str, object]:
        """Return what /health says."""
        told: dict[str, object] = json.loads(self.ask("/health")[2])
        return told

    def metric(self, line: str) -> float:
        """Return the value of a line of /metrics, 0 where it is missing."""
        for told in self.ask("/metrics")[2].decode().splitlines():
            name, _, value = told.rpartition(" ")
            if name == line:
                return float(value)
        return 0.0

    def logged(self, path: str, **facts: object) -> None:
        """Wait until the last line of the log for a path says so: it comes after the answer."""

        def holds() -> bool:
            lines = [line for line in self.log() if line["path"] == path]
            return bool(lines) and facts.items() <= lines[-1].items()

        until(holds)

    def log(self) -> list[dict[str, object]]:
        """Read the access log."""
        text = (self.folder / "log").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    def set_version(self, version: str) -> None:
        """Change what is loaded next."""
        (self.folder / "version").write_text(version, encoding="utf-8")

    def told(self) -> str:
        """Wait for the next line that the server prints."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def open_gate(self, name: str) -> None:
        """Let the requests go on that wait at a gate of this name."""
        (self.folder / name).touch()

    def at_work(self, count: int) -> None:
        """Wait until workers have so many requests in hand."""
        until(lambda: self.health()["busy"] == count)

    def reload(self, version: str) -> None:
        """Load another version, and wait until it is served."""
        self.set_version(version)
        self.process.send_signal(signal.SIGHUP)
        assert self.told() == version

    def descendants(self) -> set[int]:
        """Find the generations' processes and their workers."""
        found: list[int] = [self.process.pid]
        for pid in found:
            try:
                text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
            except OSError:
                continue
            found += map(int, text.split())
        return set(found[1:])

    def holder(self) -> int:
        """Find the process that holds the graph, of which there must be one."""
        place = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        (pid,) = place.read_text(encoding="ascii").split()
        return int(pid)

    def open_files(self) -> int:
        """Count the front's open files."""
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))  # noqa: PTH208


@contextmanager
def running(folder: Path, **limits: object) -> Iterator[Server]:
    """Run a server until the block ends."""
    folder.mkdir(exist_ok=True)
    server_folder = folder
    (folder / "version").write_text("first", encoding="utf-8")
    here = Path(__file__).resolve().parent
    given = {"deadline": 20.0, "workers": 4, "most_workers": 12, **limits}
    options = {"folder": str(folder)}
    command = [sys.executable, str(here / "front_apps.py"), json.dumps(given), json.dumps(options)]
    paths = [str(here), *[p for p in sys.path if p]]
    process = subprocess.Popen(
        [*command, str(folder / "log")],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )
    try:
        assert process.stdout is not None
        server = Server(process, int(process.stdout.readline()), server_folder)
        assert server.told() == "first"
        until(lambda: server.health()["workers"] == given["workers"])
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(SOON)
        finally:
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


def until(holds: Callable[[], bool], within: float = SOON) -> float:
    """Wait until something holds, and return the seconds that it took; fail when it does not."""
    start = time.monotonic()
    while not holds():
        assert time.monotonic() - start < within, "it did not come to hold in time"
        time.sleep(0.01)
    return time.monotonic() - start


def alive(pid: int) -> bool:
    """Say whether a process is there, and no zombie."""
    try:
        state = (
            Path(f"/proc/{pid}/stat").read_text(encoding="latin-1").rpartition(")")[2].split()[0]
        )
    except OSError:
        return False
    return state != "Z"
