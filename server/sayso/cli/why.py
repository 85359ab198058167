"""Tell on whose say-so a claim stands."""

import click

from sayso.analysis.chains import Chain, subgraph
from sayso.analysis.names import find_claim
from sayso.analysis.reading import Reader
from sayso.analysis.telling import statements, tell
from sayso.cli.graphs import graph_text
from sayso.cli.options import data_option
from sayso.cli.typed import in_utf8
from sayso.paths import DataFolder
from sayso.store import ClaimStore, load
from sayso.store.formats import JSON_LD, TURTLE

_FORMATS = {"turtle": TURTLE, "jsonld": JSON_LD}


@click.command("why")
@click.argument("claim")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", *_FORMATS]),
    default="text",
    show_default=True,
    help="A text to read, or the chain's part of the graph.",
)
@data_option
def command(claim: str, form: str, folder: DataFolder) -> None:
    """Tell on whose say-so CLAIM stands: from the outermost claim to the one who is said to know.

    CLAIM is an IRI, a prefixed name, <record>#c3, or c3 where only one record has it.
    """
    claims = load(folder)
    iri = find_claim(claims, in_utf8(claim, "CLAIM"))
    if form == "text":
        click.echo(why(claims, iri), nl=False)
        return
    triples = subgraph(claims, iri)
    click.echo(graph_text(triples, _FORMATS[form], claims.prefixes), nl=False)


def why(claims: ClaimStore, iri: str) -> str:
    """Write the text about one claim."""
    reader = Reader(claims)
    chain = Chain.of(claims, iri)
    stating = reader.stating(statement.iri for statement in statements(chain))
    others = [found for key, found in stating.items() if key not in chain.claims]
    return tell(chain, reader.relations(iri), others)
