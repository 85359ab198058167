"""Write a file and be killed on the way: at a given line, or whenever somebody likes.

``lines FILE OLD NEW`` forks a writer for each line of the code that writes, kills it with SIGKILL
before that line, and prints what is there then. ``loop FILE OLD NEW`` writes one after the other
until it is killed.
"""

import json
import os
import sys
from itertools import count
from pathlib import Path

from killing import Killer
from sayso.paths import DataFolder
from sayso.store import write


def change(file: Path, content: bytes | None) -> None:
    """Write or remove a file as a request does."""
    with write.sole_writer(DataFolder(file.parents[2]), 1.0):
        if content is None:
            write.remove(file)
        else:
            write.put(file, content)


def lines(file: Path, old: bytes, new: bytes | None) -> None:
    """Kill a writer before each line in turn, until one comes to its end; print what each left."""
    for number in count():
        file.write_bytes(old)
        pid = os.fork()
        if not pid:
            sys.settrace(Killer(number, (write.__file__,)))
            change(file, new)
            os._exit(0)
        killed = os.WIFSIGNALED(os.waitpid(pid, 0)[1])
        found = {f.name: f.read_bytes().decode() for f in file.parent.iterdir()}
        print(json.dumps({"killed": killed, "files": found}))
        change(file, old)  # the next writer is not kept waiting by a dead one
        if not killed:
            return


def loop(file: Path, old: bytes, new: bytes) -> None:
    """Write one after the other without end."""
    print("begun", flush=True)
    while True:
        change(file, new)
        change(file, old)


def main() -> None:
    """Do what the command line says; no NEW is a removal."""
    kind, path, old, new = sys.argv[1:]
    before = Path(old).read_bytes()
    after = Path(new).read_bytes() if new else None
    if kind == "lines":
        lines(Path(path), before, after)
    elif after is not None:
        loop(Path(path), before, after)


if __name__ == "__main__":
    main()
