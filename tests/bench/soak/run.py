"""Run both phases against one server, and gather every fault."""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import TypeVar

from bench.endpoint.servers import Running
from bench.generate.plan import Chance
from bench.soak.client import attack
from bench.soak.hostile import Hostile, hostile
from bench.soak.mixed import Ordinary
from bench.soak.watch import Footprint, footprint

T = TypeVar("T")

ATTACKERS = 4
CLIENTS = 4
WARM_UP = 0.5  # of the requests, before memory is first looked at
REST = 20.0  # seconds in which spare workers end
# Each worker's heap finds its size at its own first heavy request, which for some comes late.
NOISE_MB, NOISE_SHARE, NOISE_FILES = 8.0, 0.1, 8  # the first for each process


@dataclass
class Outcome:
    """What came back, what was wrong, and the footprints by the time they were taken."""

    answers: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    footprints: dict[str, Footprint] = field(default_factory=dict)

    def grown(self, before: str, after: str) -> None:
        """Count it as a fault where memory or open files grew beyond noise."""
        first, last = self.footprints[before], self.footprints[after]
        allowed = max(NOISE_MB * last.processes, first.megabytes * NOISE_SHARE)
        if last.megabytes > first.megabytes + allowed:
            self.faults[f"memory grew: {first} {before}, {last} {after}"] += 1
        if last.files > first.files + NOISE_FILES:
            self.faults[f"open files grew: {first} {before}, {last} {after}"] += 1


def soak(
    server: Running,
    asked: Sequence[Ordinary],
    attacks: int,
    requests: int,
    *,
    endless: bool,
    tell: Callable[[str], None],
) -> Outcome:
    """Attack, then ask; in the second phase every hundredth request is hostile too."""
    outcome = Outcome()
    _look(server, outcome, "at first", tell)
    attacking = list(hostile(attacks, endless=endless))
    for phase, share in _phases(attacking, "after {} attacks"):
        with ThreadPoolExecutor(ATTACKERS) as pool:
            list(pool.map(lambda one: _attack(server, one, outcome), share))
        _look(server, outcome, phase, tell)
    for phase, turns in _phases(range(requests), "after {} requests"):
        _mixed(server, asked, turns, outcome)
        _look(server, outcome, phase, tell)
    _, warm, attacked, warm_too, asked_all = outcome.footprints
    outcome.grown(warm, attacked)
    outcome.grown(warm_too, asked_all)
    return outcome


def _phases(all_: Sequence[T], name: str) -> Iterator[tuple[str, Sequence[T]]]:
    """Split into a warm-up, in which buffers and caches find their size, and the rest."""
    warm = max(1, int(len(all_) * WARM_UP))
    yield name.format(warm), all_[:warm]
    yield name.format(len(all_)), all_[warm:]


def _look(server: Running, outcome: Outcome, when: str, tell: Callable[[str], None]) -> None:
    if server.process.poll() is not None:
        outcome.faults[f"the server was gone {when}: status {server.process.returncode}"] += 1
    outcome.footprints[when] = _at_rest(server.process.pid, outcome.footprints)
    tell(f"{when}: {outcome.footprints[when]}")


def _at_rest(pid: int, before: dict[str, Footprint]) -> Footprint:
    """Measure when what a rush called for is gone again, or after a while.

    That is the workers beyond the usual number, and the connections whose clients have left.
    """
    processes = max((each.processes for each in before.values()), default=sys.maxsize)
    files = max((each.files for each in before.values()), default=sys.maxsize)
    end = time.monotonic() + REST
    found = footprint(pid)
    while (
        found.processes > processes or found.files > files + NOISE_FILES
    ) and time.monotonic() < end:
        time.sleep(0.5)
        found = footprint(pid)
    return found


def _attack(server: Running, request: Hostile, outcome: Outcome) -> None:
    word = attack(server.port, request)
    kept = outcome.faults if word.startswith("fault") else outcome.answers
    kept[f"{request.kind}: {word}"] += 1


def _mixed(
    server: Running, asked: Sequence[Ordinary], turns: Sequence[int], outcome: Outcome
) -> None:
    with ThreadPoolExecutor(CLIENTS) as pool:
        shares = [turns[client::CLIENTS] for client in range(CLIENTS)]
        list(pool.map(lambda share: _client(server, asked, share, outcome), shares))


def _client(
    server: Running, asked: Sequence[Ordinary], turns: Sequence[int], outcome: Outcome
) -> None:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    for turn in turns:
        chance = Chance("mixed", turn)
        if turn % 100 == 0:
            _attack(server, next(hostile(1, seed=turn)), outcome)
        wrong = chance.of(asked).ask(connection)
        if wrong:
            outcome.faults[wrong] += 1
        else:
            outcome.answers["right"] += 1
    connection.close()
