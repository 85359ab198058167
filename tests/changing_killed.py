"""Change a store and be killed on the way, before each line of the code in turn.

``PLACE`` is the folder of a store. Prints what each killed writer left: its version and quads.
RocksDB's threads do not outlive a fork, so each process that opens the store is a child of one
that does not.
"""

import json
import os
import sys
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path

import pyoxigraph as ox

from killing import Killer
from sayso.store import RdfStore, changing, disk
from sayso.store.changing import Changing

INSERT = "INSERT DATA { <a:s> <a:p> %d . <a:t> <a:p> %d }"
FILES = (changing.__file__, disk.__file__)
STEPS = ("change", "_acted", "publish")


def child(act: Callable[[], object]) -> bool:
    """Do something in a process of its own; say whether it was killed."""
    pid = os.fork()
    if not pid:
        act()
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    if not os.WIFSIGNALED(status) and status:
        raise RuntimeError("a child failed")
    return os.WIFSIGNALED(status)


def change(place: Path, number: int, killer: Killer | None) -> None:
    def act(data: RdfStore) -> None:
        data.queryable.update("CLEAR ALL ; " + INSERT % (number, number))

    sys.settrace(killer)
    Changing(place, 1.0).change(act)
    sys.settrace(None)


def tell(place: Path, *, killed: bool) -> None:
    found = disk.note(place)
    quads = sorted(str(quad.object) for quad in disk.opened(place, found).queryable)
    left = sorted(path.name.partition("-")[0] for path in place.iterdir())
    print(json.dumps({"killed": killed, "quads": quads, "left": left}), flush=True)


def make(place: Path) -> None:
    def fill(store: ox.Store) -> disk.Note:
        store.update(INSERT % (0, 0))
        return disk.Note("first", {}, writable=True)

    disk.build(place, fill)


def main() -> None:
    """Kill a writer before each line in turn, until one comes to its end."""
    place = Path(sys.argv[1])
    child(lambda: make(place))
    for number in count():
        killed = child(partial(change, place, 1, Killer(number, FILES, STEPS)))
        child(partial(tell, place, killed=killed))
        if not killed:
            return
        child(partial(change, place, 0, None))


if __name__ == "__main__":
    main()
