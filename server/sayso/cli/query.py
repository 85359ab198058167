"""Ask the graph in SPARQL."""

import sys
from pathlib import Path
from typing import TypeVar

import click
import pyoxigraph as ox

from sayso.analysis.derived import load_derived
from sayso.analysis.questions import question, questions
from sayso.cli.graphs import graph_text
from sayso.cli.options import data_option
from sayso.cli.tables import boolean_text, listing, solutions_table
from sayso.cli.typed import in_utf8
from sayso.endpoint.federation import calls_service
from sayso.errors import BadEncoding, NetworkRefused, QueryFailed, UnfitFormat
from sayso.paths import DataFolder
from sayso.store import ClaimStore
from sayso.store.files import read_text
from sayso.store.formats import (
    BOOLEAN_FORMATS,
    GRAPH_FORMATS,
    RESULT_FORMATS,
    GraphFormat,
    ResultFormat,
)
from sayso.store.queries import Answer, ask

TABLE = "table"
Kind = TypeVar("Kind", GraphFormat, ResultFormat)
_NAMES = {"ttl": "turtle", "nt": "ntriples", "nq": "nquads", "rdf": "rdfxml"}


def _known(formats: tuple[GraphFormat, ...] | tuple[ResultFormat, ...]) -> list[str]:
    return [_NAMES.get(form.suffix, form.suffix) for form in formats]


_GRAPHS = dict(zip(_known(GRAPH_FORMATS), GRAPH_FORMATS, strict=True))
_RESULTS = dict(zip(_known(RESULT_FORMATS), RESULT_FORMATS, strict=True))
_BOOLEANS = dict(zip(_known(BOOLEAN_FORMATS), BOOLEAN_FORMATS, strict=True))


@click.command("query")
@click.argument("query", required=False)
@click.option(
    "--file", "-f", "path", type=click.Path(path_type=Path), help="Read the query from a file."
)
@click.option("--list", "listed", is_flag=True, help="List the stored questions.")
@click.option("--question", "-q", "name", help="Ask a stored question.")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=TERM",
    help="Ask a stored question about something else, as in --set who=person:hatter.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice([TABLE, *_RESULTS, *_GRAPHS]),
    help="How to write the answer.  [default: table, or turtle for CONSTRUCT and DESCRIBE]",
)
@data_option
def command(
    *,
    query: str | None,
    path: Path | None,
    listed: bool,
    name: str | None,
    settings: tuple[str, ...],
    form: str | None,
    folder: DataFolder,
) -> None:
    """Ask the graph in SPARQL: QUERY is the query's text, or - to read it from standard input.

    The project's prefixes (sayso:, person:, skos: and so on) are known, and the default graph
    is the union of all graphs.
    """
    if listed:
        click.echo(listing(questions()), nl=False)
        return
    if sum(given is not None for given in (query, path, name)) != 1:
        raise click.UsageError("give one query: its text, --file FILE, --question NAME, or -")
    if settings and name is None:
        raise click.UsageError("--set goes with --question")
    text, where = _source(query, path, name, settings)
    claims = load_derived(folder)
    click.echo(written(claims, text, where, form), nl=False)


def written(claims: ClaimStore, text: str, where: str, form: str | None) -> bytes | str:
    """Evaluate a query and write its answer; ``form`` is one of the names of ``--format``.

    Raise NetworkRefused, BadSyntax, UnfitFormat or QueryFailed.
    """
    if calls_service(text):
        raise NetworkRefused(path=where)
    try:
        return _written(ask(claims, text, where), claims, where, form)
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryFailed(reason=error) from error


def _written(answer: Answer, claims: ClaimStore, where: str, form: str | None) -> bytes | str:
    if isinstance(answer, ox.QueryTriples):
        chosen = _fitting(form or "turtle", _GRAPHS, where, "what a CONSTRUCT or DESCRIBE builds")
        return graph_text(answer, chosen, claims.prefixes)
    yes_or_no = isinstance(answer, ox.QueryBoolean)
    kind = "the yes or no of an ASK" if yes_or_no else "the rows of a SELECT"
    if form not in {None, TABLE}:
        result = _fitting(form, _BOOLEANS if yes_or_no else _RESULTS, where, kind)
        return answer.serialize(format=result.engine) or b""
    if isinstance(answer, ox.QuerySolutions):
        return solutions_table(answer, claims)
    return boolean_text(bool(answer))


def _fitting(form: str | None, fitting: dict[str, Kind], where: str, kind: str) -> Kind:
    if form is None or form not in fitting:
        known = [TABLE, *fitting] if fitting is not _GRAPHS else fitting
        raise UnfitFormat(path=where, form=kind, given=form, fitting=", ".join(known))
    return fitting[form]


def _source(
    query: str | None, path: Path | None, name: str | None, settings: tuple[str, ...]
) -> tuple[str, str]:
    """Return the text of the query that was given, and where it stands."""
    if name is not None:
        pairs = [in_utf8(setting, "--set").partition("=") for setting in settings]
        asked = question(in_utf8(name, "--question"))
        return asked.asked({key: term for key, _, term in pairs}).query, name
    if path is not None:
        return read_text(path), str(path)
    if query == "-":
        return _standard_input(), "standard input"
    return in_utf8(query or "", "QUERY"), "query"


def _standard_input() -> str:
    content = sys.stdin.buffer.read()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadEncoding(path="standard input", line=line, offset=error.start) from error
