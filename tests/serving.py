"""Run `sayso serve` for a test, as somebody at a terminal does."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

ADDRESS = re.compile(r"http://\S+/")
ENDS = 60.0  # seconds; a busy machine is no fault
MODULE = (sys.executable, "-m", "sayso")


class Site(NamedTuple):
    """A running server: its process, the line that it printed, and the address in it."""

    process: subprocess.Popen[str]
    line: str
    address: str

    @property
    def port(self) -> int:
        """The port that it listens to."""
        return urlsplit(self.address).port or 0


@contextmanager
def serving(
    *options: str, program: tuple[str, ...] = MODULE, folder: Path | None = None
) -> Iterator[Site]:
    """Serve on a free port until the block ends, from a folder, in a process group of its own."""
    process = subprocess.Popen(
        [*program, "serve", "--port", "0", *options],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = ADDRESS.search(line)
        assert found, line + (process.stderr.read() if process.stderr else "")
        yield Site(process, line, found[0])
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=ENDS)
        finally:
            process.kill()


def rows(address: str, query: str = "SELECT * { ?s ?p ?o }", **more: str) -> list[str]:
    """Ask a query, with what else is given; return the rows as lines of TSV, sorted."""
    asked = urlencode({"format": "tsv", "query": query, **more})
    with urlopen(f"{address}sparql?{asked}") as answer:
        return sorted(answer.read().decode().splitlines()[1:])
