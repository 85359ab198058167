"""Say how much memory a program and all its processes hold together, at the worst moment.

A page that several processes share counts once: Linux tells of each process its proportional
share (`Pss` in `/proc/PID/smaps_rollup`, proc_pid_smaps(5)), which add up.
"""

import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PAUSE = 0.002  # seconds between two looks at least: some programs live for 20 times that
_SHARE = 10  # looking takes at most one part in so many of the time, or it would slow what it sees


def most_together(process: subprocess.Popen[bytes]) -> float:
    """Wait for a program to end; return the most MiB that it and those below it held."""
    most = 0.0
    while process.poll() is None:
        begun = time.perf_counter()
        most = max(most, sum(map(_share, [process.pid, *_below(process.pid)])))
        time.sleep(max(_PAUSE, (time.perf_counter() - begun) * _SHARE))
    return most


def _share(process: int) -> float:
    # One that has just ended holds nothing.
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text("utf-8").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def _below(process: int) -> Iterator[int]:
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in map(int, (task / "children").read_text("utf-8").split()):
                yield child
                yield from _below(child)
