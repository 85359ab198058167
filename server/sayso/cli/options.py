"""Hold the options that several commands share."""

import re
from collections.abc import Callable
from functools import wraps
from pathlib import Path

import click
from click.core import ParameterSource

from sayso.paths import HOME, DataFolder

_DIGITS = r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}|\[[0-9a-fA-F:]+\]"
_PATH = r"(?::[0-9]{1,5})?(?:[/?][^<>\"{}|^`\\\x00-\x20#]*)?"
_SERVICE = re.compile(rf"(?:https://(?:[A-Za-z0-9.\-]+|{_DIGITS})|http://(?:{_DIGITS})){_PATH}")


class _Folder(click.ParamType[DataFolder]):
    name = "DIR"

    def convert(
        self,
        value: object,
        param: click.Parameter | None,  # noqa: ARG002
        ctx: click.Context | None,  # noqa: ARG002
    ) -> DataFolder:
        if isinstance(value, DataFolder):
            return value
        return DataFolder(Path(str(value)))


data_option = click.option(
    "--data",
    "folder",
    type=_Folder(),
    default=DataFolder(HOME),
    show_default="the graph that comes with sayso",
    help="A folder with graph/articles, graph/entities and graph/dataset.ttl.",
)


def rdf_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add ``--rdf FILE``; files that follow belong to it, as a shell writes ``--rdf *.ttl``.

    The command is called with ``rdf``, all of them.
    """

    @click.option(
        "--rdf",
        multiple=True,
        metavar="FILE",
        help="RDF of any kind instead: .ttl, .trig, .nt, .nq, .rdf, .jsonld, each also .gz.",
    )
    @click.argument("files", nargs=-1, metavar="[FILE]...")
    @wraps(command)
    def called(*, rdf: tuple[str, ...], files: tuple[str, ...], **others: object) -> None:
        if files and not rdf:
            raise click.UsageError(f"{files[0]} is read only behind --rdf")
        command(rdf=rdf + files, **others)

    return called


def known_services(
    _context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]
) -> tuple[str, ...]:
    """Let only those IRIs pass that lead to one place, whatever a name server may say.

    That is https, whose certificate is checked, or http to an address of digits.
    """
    for iri in given:
        if not _SERVICE.fullmatch(iri):
            raise click.BadParameter(
                f"{iri} must begin with https:// and a host, or with http:// and an address of"
                " digits, and have no fragment."
            )
    return given


def one_source(*options: str) -> None:
    """Refuse more than one of some options of the command that is running."""
    context = click.get_current_context()
    names = {name: param.name for param in context.command.params for name in param.opts}
    given = [
        option
        for option in options
        if context.get_parameter_source(names[option] or "") is ParameterSource.COMMANDLINE
    ]
    if len(given) > 1:
        raise click.UsageError(f"{' and '.join(given)} exclude each other")
