"""Watch a server's processes through /proc: resident memory, open files, whether they live."""

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Footprint:
    """What a server and its workers hold: megabytes (shared ones once), open files, processes."""

    megabytes: float
    files: int
    processes: int

    def __str__(self) -> str:
        return f"{self.megabytes:.0f} MB, {self.files} files, {self.processes} processes"


def footprint(pid: int) -> Footprint:
    """Measure a process with all its descendants."""
    family = list(_family(pid))
    return Footprint(sum(map(_megabytes, family)), sum(map(_files, family)), len(family))


def ticks(pid: int) -> dict[int, int]:
    """Return the processor time that a process and each descendant has used, in clock ticks."""
    found = {}
    for each in _family(pid):
        with suppress(OSError):
            fields = (PROC / str(each) / "stat").read_text().rpartition(")")[2].split()
            found[each] = int(fields[11]) + int(fields[12])
    return found


def _family(pid: int) -> Iterator[int]:
    children: defaultdict[int, list[int]] = defaultdict(list)
    for path in PROC.glob("[0-9]*/stat"):
        with suppress(OSError):
            # The name in brackets may itself hold brackets and spaces.
            fields = path.read_text().rpartition(")")[2].split()
            children[int(fields[1])].append(int(path.parent.name))
    waiting = [pid]
    while waiting:
        found = waiting.pop()
        yield found
        waiting += children[found]


def _megabytes(pid: int) -> float:
    """Return the proportional set size: memory that n processes share counts 1/n for each."""
    with suppress(OSError):
        for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def _files(pid: int) -> int:
    with suppress(OSError):
        return len(os.listdir(PROC / str(pid) / "fd"))  # noqa: PTH208 - names are enough
    return 0
