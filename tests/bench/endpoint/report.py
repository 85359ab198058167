"""Write what was measured as a table that people read."""

from collections.abc import Iterator, Sequence

from bench.endpoint.compare import Results
from bench.endpoint.wrk import Load

WIDE = 22


def table(results: Results, names: Sequence[str], loads: Sequence[Load]) -> Iterator[str]:
    """Yield the lines: requests per second, spread, and the first server's ratio to each other."""
    ours, *others = names
    for load in loads:
        how = "answers repeat" if load.repeat else "no query asked twice"
        yield ""
        yield f"Requests per second, {load.clients} client(s), {how}; ± is the widest round."
        titles = [*names, *(f"to {other}" for other in others)]
        yield f"{'':<20}" + "".join(f"{title:>{WIDE}}" for title in titles)
        kinds = list(results.rows)
        for kind in kinds:
            cell = (kind, load.clients, load.repeat)
            rates = [_rate(results, name, cell) for name in names]
            ratios = [f"{results.ratio(ours, other, cell):.2f}" for other in others]
            yield f"{kind:<20}" + "".join(f"{text:>{WIDE}}" for text in [*rates, *ratios])
        cells = [(kind, load.clients, load.repeat) for kind in kinds]
        means = [f"{results.mean(ours, other, cells):.2f}" for other in others]
        blank = [""] * len(names)
        yield f"{'geometric mean':<20}" + "".join(f"{text:>{WIDE}}" for text in [*blank, *means])


def _rate(results: Results, name: str, cell: tuple[str, int, bool]) -> str:
    kind, clients, repeat = cell
    whole = (name, kind, clients, repeat)
    rate = results.per_second(whole)
    digits = 0 if rate >= 100 else 2
    return f"{rate:,.{digits}f} ±{results.spread(whole):.0%}"


def timings(title: str, values: dict[str, dict[str, float]], unit: str) -> Iterator[str]:
    """Yield the lines of a small table: a row for each server."""
    columns = list(dict.fromkeys(name for row in values.values() for name in row))
    yield ""
    yield title
    yield f"{unit:<20}" + "".join(f"{name:>{WIDE}}" for name in columns)
    for server, row in values.items():
        cells = [f"{row[name]:,.2f}" if name in row else "-" for name in columns]
        yield f"{server:<20}" + "".join(f"{cell:>{WIDE}}" for cell in cells)
