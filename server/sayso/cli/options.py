"""Hold the options that several commands share."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path

import click
from click.core import ParameterSource

from sayso.paths import HOME, DataFolder


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
