"""Attack and ask a server for some minutes: ``python -m bench.soak``."""

import sys
import tempfile
from collections import Counter
from pathlib import Path

import click

from bench.endpoint.kinds import NAMES, kinds
from bench.endpoint.servers import Contestant, end_with_us, sayso, started
from bench.generate import Plan, write_folder
from bench.soak.client import PATIENCE
from bench.soak.mixed import ordinary
from bench.soak.run import soak
from sayso.store import load

ASKED = tuple(name for name in NAMES if name != "stream")  # any rows would do there
DEADLINE = PATIENCE / 2  # seconds; who attacks must not lose patience before the server does
MANY = click.IntRange(min=10)


@click.command()
@click.option("--articles", default=50, show_default=True, type=click.IntRange(min=1))
@click.option("--attacks", default=1000, show_default=True, type=MANY, help="Hostile requests.")
@click.option("--requests", default=100_000, show_default=True, type=MANY, help="Ordinary ones.")
@click.option("--endless/--no-endless", default=True, help="Send queries that never end, too.")
@click.option("--command", help="The server; the command may name {port} and {folder}.")
def main(articles: int, attacks: int, requests: int, endless: bool, command: str | None) -> None:
    """Put sayso's server under hostile and under much ordinary traffic; exit 1 on any fault."""
    given = command or f"{sayso().command} --timeout {DEADLINE:g}"
    contestant = Contestant("server", given, "/sparql")
    plan = Plan(articles)
    with tempfile.TemporaryDirectory() as work:
        place = Path(work)
        folder = write_folder(plan, place / "data")
        asked = ordinary(load(folder), kinds(plan, ASKED, 40))
        with started(contestant, folder.root, place / "none.nq", place) as server:
            outcome = soak(server, asked, attacks, requests, endless=endless, tell=click.echo)
    _tell("What came back", outcome.answers)
    _tell("Faults", outcome.faults)
    sys.exit(1 if outcome.faults else 0)


def _tell(title: str, counted: Counter[str]) -> None:
    click.echo(f"\n{title}: {counted.total()}")
    for what, number in sorted(counted.items()):
        click.echo(f"{number:>8}  {what}")


if __name__ == "__main__":
    end_with_us()
    main()
