"""Send requests as fast as they are answered, by wrk, or one by one where answers take long."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from itertools import count
from pathlib import Path

from bench.endpoint.kinds import Kind
from bench.endpoint.servers import Running
from bench.harness import WrongAnswerError

SCRIPT = Path(__file__).parent / "request.lua"
FEWEST = 16  # answers for each client; with fewer wrk, which drops unfinished ones, is too coarse
REPEATED = 10  # variants where answers repeat
_SERIAL = count()


@dataclass(frozen=True)
class Rate:
    """What one bounded measurement found; latencies in milliseconds."""

    requests: int
    seconds: float
    bytes: int
    p50: float
    p99: float

    @property
    def per_second(self) -> float:
        """Requests answered in a second."""
        return self.requests / self.seconds


@dataclass(frozen=True)
class Load:
    """So many clients for so many seconds; ``repeat`` asks the same few queries over and over."""

    clients: int
    seconds: float
    repeat: bool = False


def measure(server: Running, kind: Kind, load: Load, took: float) -> Rate:
    """Measure one kind at one server, which took so many seconds for one answer before.

    Raise WrongAnswerError where an answer is no 200 or a connection breaks.
    """
    if took * FEWEST * max(1.0, load.clients / 2) > load.seconds:
        return _one_by_one(server, kind, load)
    targets = kind.targets(server.contestant.path)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(targets[:REPEATED] if load.repeat else targets) + "\n")
        file.flush()
        known = {"TARGETS": file.name, "ACCEPT": kind.accept}
        if not load.repeat:
            known["SERIAL"] = f"{os.getpid()}-{next(_SERIAL)}"
        command = [
            _wrk(),
            "-t1",
            f"-c{load.clients}",
            f"-d{round(load.seconds)}s",
            "--timeout",
            "60s",
        ]
        command += ["--latency", "-s", str(SCRIPT), server.origin]
        out = subprocess.run(
            command, capture_output=True, text=True, check=True, env=os.environ | known
        ).stdout
    line = next(line for line in out.splitlines() if line.startswith("RESULT"))
    requests, duration, size, status, late, broken, p50, p99 = map(int, line.split()[1:])
    if status or late or broken or not requests:
        message = (
            f"{server.name}, {kind.name}: {requests} answers, {status} not 200, {late} too late,"
            f" {broken} broken"
        )
        raise WrongAnswerError(message)
    return Rate(requests, duration / 1e6, size, p50 / 1e3, p99 / 1e3)


def _one_by_one(server: Running, kind: Kind, load: Load) -> Rate:
    """Let each client ask once at least, and again until the time is over."""
    start = time.perf_counter()
    with ThreadPoolExecutor(load.clients) as pool:
        found = list(
            pool.map(lambda n: list(_ask(server, kind, load, n, start)), range(load.clients))
        )
    seconds = time.perf_counter() - start
    answers = [answer for each in found for answer in each]
    times = sorted(took for took, _ in answers)
    middle, last = times[len(times) // 2], times[-1]
    return Rate(len(answers), seconds, sum(n for _, n in answers), middle * 1e3, last * 1e3)


def _ask(
    server: Running, kind: Kind, load: Load, client: int, start: float
) -> Iterator[tuple[float, int]]:
    targets = kind.targets(server.contestant.path)[: REPEATED if load.repeat else None]
    for turn in count():
        begin = time.perf_counter()
        if turn and begin - start > load.seconds:
            return
        target = targets[(client + turn * load.clients) % len(targets)]
        asked = target if load.repeat else f"{target}%0A%23{next(_SERIAL)}"
        status, body = server.get(asked, kind.accept)
        if status != HTTPStatus.OK:
            message = f"{server.name}, {kind.name}: {status} {body[:300]!r}"
            raise WrongAnswerError(message)
        yield time.perf_counter() - begin, len(body)


def _wrk() -> str:
    found = shutil.which("wrk")
    if not found:
        message = "wrk is not installed (on Debian: apt install wrk), and Python is too slow here"
        raise WrongAnswerError(message)
    return found
