"""Tell on whose say-so a claim stands."""

import click
import pyoxigraph as ox

from sayso.analysis.chains import Chain, subgraph
from sayso.analysis.names import find_claim
from sayso.analysis.reading import Reader
from sayso.analysis.telling import statements, tell
from sayso.cli.graphs import graph_text, ordered
from sayso.cli.options import data_option
from sayso.cli.typed import in_utf8
from sayso.paths import DataFolder
from sayso.store import ClaimStore, load
from sayso.store.formats import TURTLE
from sayso.store.jsonld import compacted


@click.command("why")
@click.argument("claim")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "turtle", "jsonld"]),
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
    if form == "jsonld":
        click.echo(compacted(ox.Quad(*triple) for triple in ordered(triples)), nl=False)
    else:
        click.echo(graph_text(triples, TURTLE, claims.prefixes), nl=False)


def why(claims: ClaimStore, iri: str) -> str:
    """Write the text about one claim."""
    reader = Reader(claims)
    chain = Chain.of(claims, iri)
    stating = reader.stating(statement.iri for statement in statements(chain))
    others = [found for key, found in stating.items() if key not in chain.claims]
    return tell(chain, reader.relations(iri), others)
