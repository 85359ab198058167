"""Tell on whose say-so a claim stands."""

from contextlib import suppress

import click

from sayso.analysis.chains import Chain, subgraph
from sayso.analysis.findings_told import sourcing_json, told_statement, tree_json
from sayso.analysis.names import find_claim, find_statement
from sayso.analysis.reading import Reader
from sayso.analysis.telling import statements, tell
from sayso.cli.findings import Told, find, findings_options, triples_of
from sayso.cli.typed import in_utf8
from sayso.errors import UnknownClaim, UnknownStatement
from sayso.paths import DataFolder
from sayso.store import ClaimStore, load


@click.command("why")
@click.argument("claim")
@findings_options("the chains' part of the graph", "Of a statement, count what was withdrawn, too.")
def command(claim: str, form: str, *, withdrawn: bool, folder: DataFolder) -> None:
    """Tell on whose say-so CLAIM stands: from the outermost claim to the one who is said to know.

    CLAIM is an IRI, a prefixed name, <record>#c3, or c3 where only one record has it. Or it is a
    statement: then all of its chains are told as one tree, with the number of their origins.
    """
    claims = load(folder)
    name = in_utf8(claim, "CLAIM")
    try:
        iri = find_claim(claims, name)
    except UnknownClaim:
        statement = _statement(claims, name)
        if statement is None:
            raise
        told = of_statement(claims, statement, withdrawn=withdrawn)
    else:
        told = of_claim(claims, iri)
    told.write(form, claims)


def _statement(claims: ClaimStore, name: str) -> str | None:
    with suppress(UnknownStatement):
        return find_statement(claims, name)
    return None


def of_statement(claims: ClaimStore, iri: str, *, withdrawn: bool) -> Told:
    """Tell all chains of a statement."""
    findings = find(claims, withdrawn=withdrawn)
    found = findings.sourcings(iri)
    sourcings = [one.found for one in found]
    return Told(
        text=lambda: told_statement(findings, found),
        json=lambda: {
            "sourcings": [
                {**sourcing_json(one), "chains": tree_json(findings.tree(one.found))}
                for one in found
            ]
        },
        triples=lambda: [
            *triples_of(claims.base, sourcings),
            *(
                triple
                for one in found
                for iri in one.found.claims
                for triple in subgraph(claims, iri)
            ),
        ],
    )


def of_claim(claims: ClaimStore, iri: str) -> Told:
    """Tell the chain of one claim."""
    chain = Chain.of(claims, iri)
    return Told(
        text=lambda: why(claims, iri),
        json=lambda: {"claim": iri, "chains": tree_json(chain)},
        triples=lambda: subgraph(claims, iri),
    )


def why(claims: ClaimStore, iri: str) -> str:
    """Write the text about one claim."""
    reader = Reader(claims)
    chain = Chain.of(claims, iri)
    stating = reader.stating(statement.iri for statement in statements(chain))
    others = [found for key, found in stating.items() if key not in chain.claims]
    return tell(chain, reader.relations(iri), others)
