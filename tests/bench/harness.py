"""Time the runs of two contestants in turn, and say on what machine."""

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

from sayso.paths import DataFolder

PACKAGES = ("sayso", "pyoxigraph", "rdflib", "pyshacl", "flask", "httptools", "oxigraph")


class WrongAnswerError(Exception):
    """A contestant gave another answer than the right one."""


@dataclass(frozen=True)
class Setting:
    """What every benchmark is given: the data, a folder for its files, how often to run."""

    folder: DataFolder
    work: Path
    runs: int


@dataclass(frozen=True)
class Contestant:
    """A name for the table, and one run, which returns its wall-clock seconds."""

    name: str
    run: Callable[[], float]


@dataclass(frozen=True)
class Comparison:
    """What is measured, and sayso beside its peer."""

    title: str
    sayso: Contestant
    peer: Contestant


@dataclass(frozen=True)
class Timing:
    """The seconds of all runs of one contestant."""

    name: str
    seconds: Sequence[float]

    @property
    def median(self) -> float:
        """Return the middle run."""
        return median(self.seconds)


def measure(comparison: Comparison, runs: int) -> tuple[Timing, Timing]:
    """Run sayso and its peer in turn, so that what else the machine does meets both.

    One run of each comes before and does not count: it warms the disk's cache.
    """
    pair = (comparison.sayso, comparison.peer)
    for contestant in pair:
        contestant.run()
    seconds = [[contestant.run() for contestant in pair] for _ in range(runs)]
    ours, theirs = zip(*seconds, strict=True)
    return Timing(comparison.sayso.name, ours), Timing(comparison.peer.name, theirs)


def timed(command: Sequence[str], expected: Callable[[str], bool]) -> float:
    """Run a command to its end and return its seconds.

    Raise WrongAnswerError where it does not exit 0 or does not print what is expected.
    """
    start = time.perf_counter()
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if result.returncode != 0 or not expected(result.stdout):
        message = f"{' '.join(command)}: exit {result.returncode}\n{result.stdout}{result.stderr}"
        raise WrongAnswerError(message)
    return seconds


@contextmanager
def running(command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """Keep a server running for as long as it is needed."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.terminate()


def program(name: str) -> str:
    """Return the path of a command that is installed beside this Python."""
    return str(Path(sys.executable).parent / name)


def machine() -> dict[str, str]:
    """Describe what was measured on."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return {
        "Machine": f"{_processor()}, {os.cpu_count()} cores, {_memory()}",
        "System": platform.platform(terse=True),
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "Packages": versions,
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory() -> str:
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return f"{pages * size / 2**30:.0f} GiB"
