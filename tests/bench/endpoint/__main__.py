"""Measure the endpoints: ``python -m bench.endpoint``."""

import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import click

from bench.endpoint.compare import Results, compare
from bench.endpoint.kinds import NAMES, Kind, kinds
from bench.endpoint.python import rdflib_endpoint
from bench.endpoint.report import table, timings
from bench.endpoint.servers import (
    Contestant,
    Running,
    end_with_us,
    oxigraph_in_memory,
    oxigraph_on_disk,
    sayso,
    sayso_of_quads,
    started,
)
from bench.endpoint.stress import dumps, latencies
from bench.endpoint.wrk import Load
from bench.generate import Plan, generated
from bench.harness import WrongAnswerError, machine
from bench.soak.watch import footprint, ticks

TICKS = os.sysconf("SC_CLK_TCK")
PEERS = {
    "sayso": sayso,
    "sayso-rdf": sayso_of_quads,
    "oxigraph-memory": oxigraph_in_memory,
    "oxigraph-disk": oxigraph_on_disk,
    "rdflib-endpoint": rdflib_endpoint,
}
DUMPS = {
    "sayso --rdf": "/download/data.{suffix}",
    "sayso": "/download/sayso.{suffix}",
    "oxigraph, memory": "/store",
}


@click.command()
@click.option("--articles", default=1000, show_default=True, help="About 990 quads each.")
@click.option("--server", "names", multiple=True, type=click.Choice(list(PEERS)),
              default=("sayso", "oxigraph-memory", "oxigraph-disk"), show_default=True,
              help="What to measure; ratios are those of the first.")  # fmt: skip
@click.option("--also", nargs=3, multiple=True, metavar="NAME PATH COMMAND",
              help="One more; the command may name {port}, {folder}, {nquads}.")  # fmt: skip
@click.option("--kind", "chosen", multiple=True, type=click.Choice(NAMES), default=NAMES)
@click.option("--clients", multiple=True, type=int, default=(1, 8), show_default=True)
@click.option("--repeating/--no-repeating", default=False, help="Measure repeated queries too.")
@click.option("--seconds", default=2.0, show_default=True, help="For each kind, server and round.")
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(min=1))
@click.option("--stress/--no-stress", default=True, help="Latency beside endless queries, dumps.")
@click.option("--work", type=click.Path(path_type=Path), help="Keep the data here, for next time.")
@click.option("--json", "record", type=click.Path(path_type=Path), help="Write all figures here.")
def main(  # noqa: PLR0917 - one for each option
    articles: int,
    names: tuple[str, ...],
    also: tuple[tuple[str, str, str], ...],
    chosen: tuple[str, ...],
    clients: tuple[int, ...],
    repeating: bool,
    seconds: float,
    rounds: int,
    stress: bool,
    work: Path | None,
    record: Path | None,
) -> None:
    """Measure sayso's endpoint beside its peers, on the same data, in turn."""
    facts = machine()
    for what, value in facts.items():
        click.echo(f"{what + ':':<10} {value}")
    contestants = [PEERS[name]() for name in names]
    contestants += [Contestant(name, command, path) for name, path, command in also]
    loads = [Load(number, seconds) for number in clients]
    loads += [Load(number, seconds, repeat=True) for number in clients if repeating]
    with ExitStack() as stack:
        place = work or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder, nquads = generated(Plan(articles), place)
        click.echo(f"Data:      {articles} articles, {nquads.stat().st_size >> 20} MB of N-Quads\n")
        servers = []
        for contestant in contestants:
            click.echo(f"starting {contestant.name}", err=True)
            server = stack.enter_context(started(contestant, folder, nquads, place))
            server.times["CPU"] = sum(ticks(server.process.pid).values()) / TICKS
            servers.append(server)
        _measure(servers, kinds(Plan(articles), chosen), loads, rounds, stress, record, facts)


def _measure(  # noqa: PLR0917
    servers: Sequence[Running],
    asked: Sequence[Kind],
    loads: Sequence[Load],
    rounds: int,
    stress: bool,
    record: Path | None,
    facts: dict[str, str],
) -> None:
    starts = {
        # Shared pages count once.
        each.name: each.times | {"MB": footprint(each.process.pid).megabytes}
        for each in servers
    }
    _tell(timings("From nothing to the first answer", starts, "seconds"))
    results = compare(servers, asked, loads, rounds, lambda line: click.echo(line, err=True))
    names = [server.name for server in servers]
    _tell(table(results, names, loads))
    under: dict[str, dict[str, float]] = {}
    dumped: dict[str, dict[str, float]] = {}
    if stress:
        dumped = {each.name: dumps(each, DUMPS.get(each.name)) for each in servers}
        _tell(timings("The whole graph as a file", dumped, "seconds"))
        under = latencies(servers, asked[0], max(loads[0].seconds, 2.0))
        _tell(timings(f"{asked[0].name}, alone and beside two endless queries", under, "ms"))
    if record:
        _write(record, results, facts | {"start": starts, "dumps": dumped, "stress": under})


def _tell(lines: Iterator[str]) -> None:
    for line in lines:
        click.echo(line)


def _write(record: Path, results: Results, facts: dict[str, object]) -> None:
    content = json.dumps(facts | dict(results.as_json()), indent=1) + "\n"
    record.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    end_with_us()
    try:
        main()
    except WrongAnswerError as error:
        sys.exit(f"bench: {error}")
