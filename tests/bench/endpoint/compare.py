"""Measure all servers in turn, kind by kind and round by round, so that drift meets all alike."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import geometric_mean, median

from bench.endpoint.answers import verify
from bench.endpoint.kinds import Kind
from bench.endpoint.servers import Running
from bench.endpoint.wrk import Load, Rate, measure

Cell = tuple[str, str, int, bool]  # server, kind, clients, whether answers repeat


@dataclass
class Results:
    """All rates of all rounds, and the rows of each kind."""

    rates: defaultdict[Cell, list[Rate]] = field(default_factory=lambda: defaultdict(list))
    rows: dict[str, list[int]] = field(default_factory=dict)

    def per_second(self, cell: Cell) -> float:
        """Return the median over the rounds."""
        return median(rate.per_second for rate in self.rates[cell])

    def spread(self, cell: Cell) -> float:
        """Return the widest distance of a round from the median, as a share of it."""
        middle = self.per_second(cell)
        return max(abs(rate.per_second - middle) for rate in self.rates[cell]) / middle

    def ratio(self, ours: str, theirs: str, cell: tuple[str, int, bool]) -> float:
        """Return the median over the rounds of the ratios within a round."""
        pairs = zip(self.rates[ours, *cell], self.rates[theirs, *cell], strict=True)
        return median(one.per_second / other.per_second for one, other in pairs)

    def mean(self, ours: str, theirs: str, cells: Iterable[tuple[str, int, bool]]) -> float:
        """Return the geometric mean of ratios."""
        return geometric_mean([self.ratio(ours, theirs, cell) for cell in cells])

    def as_json(self) -> Mapping[str, object]:
        """Return everything, for the record."""
        cells = [
            {
                "server": server,
                "kind": kind,
                "clients": clients,
                "repeating": repeating,
                "requests_per_second": [round(rate.per_second, 3) for rate in rates],
                "p50_ms": [rate.p50 for rate in rates],
                "p99_ms": [rate.p99 for rate in rates],
                "bytes_per_answer": round(rates[0].bytes / rates[0].requests),
            }
            for (server, kind, clients, repeating), rates in self.rates.items()
        ]
        return {"rows": self.rows, "cells": cells}


def compare(
    servers: Sequence[Running],
    kinds: Sequence[Kind],
    loads: Sequence[Load],
    rounds: int,
    tell: Callable[[str], None],
) -> Results:
    """Verify each kind at all servers, then measure: every second round goes backwards."""
    results = Results()
    took: dict[tuple[str, str], float] = {}
    for kind in kinds:
        results.rows[kind.name] = verify(servers, kind)
        took |= {(server.name, kind.name): _probe(server, kind) for server in servers}
        for round_ in range(rounds):
            for load in loads:
                for server in servers if round_ % 2 == 0 else reversed(servers):
                    rate = measure(server, kind, load, took[server.name, kind.name])
                    cell = (server.name, kind.name, load.clients, load.repeat)
                    results.rates[cell].append(rate)
        tell(f"{kind.name}: {results.rows[kind.name]} rows")
    return results


def _probe(server: Running, kind: Kind) -> float:
    """Time one answer, to know how to count."""
    target = kind.targets(server.contestant.path)[-1]
    start = time.perf_counter()
    server.get(target, kind.accept)
    return time.perf_counter() - start
