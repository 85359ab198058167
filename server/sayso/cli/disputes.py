"""Tell what stands against what."""

import click

from sayso.analysis.findings_told import dispute_json, told_disputes
from sayso.cli.findings import Told, find, findings_options, statement_of, triples_of
from sayso.paths import DataFolder
from sayso.store import load


@click.command("disputes")
@click.argument("statement", required=False)
@findings_options()
def command(*, statement: str | None, form: str, withdrawn: bool, folder: DataFolder) -> None:
    """Tell who stands against whom, in all or about STATEMENT, with the chains of both sides.

    STATEMENT is an IRI, a prefixed name, or the last part of one.
    """
    findings = find(load(folder), withdrawn=withdrawn)
    found = findings.disputes(statement_of(findings, statement))
    sides = [side.found for one in found for side in one.sides]
    Told(
        text=lambda: told_disputes(findings, found),
        json=lambda: {"disputes": list(map(dispute_json, found))},
        triples=lambda: triples_of(findings.claims.base, sides, [one.found for one in found]),
    ).write(form, findings.claims)
