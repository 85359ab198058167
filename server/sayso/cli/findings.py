"""Hold what the commands that tell findings share: their options, and RDF of what they found."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import click
import pyoxigraph as ox

from sayso.analysis.derivation import Derivation
from sayso.analysis.derived import PREFIXES, Names
from sayso.analysis.disputes import Dispute
from sayso.analysis.drift import Drift
from sayso.analysis.findings import Findings
from sayso.analysis.names import find_statement
from sayso.analysis.network import Network
from sayso.analysis.origins import Sourcing
from sayso.cli.graphs import graph_text, ordered
from sayso.cli.options import data_option
from sayso.cli.typed import in_utf8
from sayso.store import ClaimStore
from sayso.store.formats import TURTLE
from sayso.store.jsonld import compacted

_FORMATS = ("text", "json", "turtle", "jsonld")
Command = Callable[..., None]


def findings_options(
    rdf: str = "RDF", withdrawn: str = "Count what was withdrawn, too."
) -> Callable[[Command], Command]:
    """Add ``--format``, ``--withdrawn`` and ``--data``; say what comes as RDF, what is counted."""
    options = (
        data_option,
        click.option("--withdrawn", is_flag=True, help=withdrawn),
        click.option(
            "--format",
            "form",
            type=click.Choice(_FORMATS),
            default="text",
            show_default=True,
            help=f"A text to read, JSON for programs, or {rdf}.",
        ),
    )

    def added(command: Command) -> Command:
        for option in options:
            command = option(command)
        return command

    return added


def find(claims: ClaimStore, *, withdrawn: bool) -> Findings:
    """Derive all from what is loaded."""
    network = Network.read(claims.engine)
    return Findings(claims, Derivation.of(network.with_withdrawn() if withdrawn else network))


def statement_of(findings: Findings, name: str | None) -> str | None:
    """Find the statement that somebody means, None where none is asked for.

    Raise UnknownStatement.
    """
    if name is None:
        return None
    return find_statement(findings.claims, in_utf8(name, "STATEMENT"))


@dataclass(frozen=True)
class Told:
    """What was found, in each kind of format; made where it is asked for."""

    text: Callable[[], str]
    json: Callable[[], object]
    triples: Callable[[], Iterable[ox.Triple]]

    def write(self, form: str, claims: ClaimStore) -> None:
        """Write it in the format that was asked for."""
        if form == "text":
            click.echo(self.text(), nl=False)
        elif form == "json":
            click.echo(json.dumps(self.json(), ensure_ascii=False, indent=2))
        elif form == "jsonld":
            quads = (ox.Quad(*triple) for triple in ordered(self.triples()))
            click.echo(compacted(quads), nl=False)
        else:
            click.echo(graph_text(self.triples(), TURTLE, claims.prefixes), nl=False)


def triples_of(
    base: str,
    sourcings: Iterable[Sourcing] = (),
    disputes: Iterable[Dispute] = (),
    drifts: Iterable[Drift] = (),
) -> list[ox.Triple]:
    """Write findings as triples."""
    text = PREFIXES + "".join(Names(base).blocks(sourcings, disputes, drifts))
    return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]
