"""Tell on how few independent origins statements stand."""

import click

from sayso.analysis.findings_told import sourcing_json, told_sourcings
from sayso.cli.findings import Told, find, findings_options, statement_of, triples_of
from sayso.paths import DataFolder
from sayso.store import load


@click.command("origins")
@click.argument("statement", required=False)
@click.option(
    "--works", type=click.IntRange(min=1), default=1, help="Only what so many works carry, or more."
)
@findings_options()
def command(
    *, statement: str | None, works: int, form: str, withdrawn: bool, folder: DataFolder
) -> None:
    """Tell on how few independent origins each statement stands, or STATEMENT alone.

    STATEMENT is an IRI, a prefixed name, or the last part of one.
    """
    findings = find(load(folder), withdrawn=withdrawn)
    found = findings.sourcings(statement_of(findings, statement), works)
    Told(
        text=lambda: told_sourcings(findings, found),
        json=lambda: {"sourcings": list(map(sourcing_json, found))},
        triples=lambda: triples_of(findings.claims.base, [one.found for one in found]),
    ).write(form, findings.claims)
