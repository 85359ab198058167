"""Tell where retellings differ from what they retell."""

import click

from sayso.analysis.findings_told import drift_json, told_drifts
from sayso.cli.findings import Told, find, findings_options, triples_of
from sayso.paths import DataFolder
from sayso.store import load


@click.command("drift")
@findings_options()
def command(*, form: str, withdrawn: bool, folder: DataFolder) -> None:
    """Tell where a retelling changes the speaker, the subject, the value, the certainty or stance.

    Compared is what one claim passes on of another, where both are in the graph.
    """
    findings = find(load(folder), withdrawn=withdrawn)
    found = findings.drifts()
    Told(
        text=lambda: told_drifts(found),
        json=lambda: {"drifts": list(map(drift_json, found))},
        triples=lambda: triples_of(findings.claims.base, drifts=[one.found for one in found]),
    ).write(form, findings.claims)
