"""Hold the options that several commands share."""

from pathlib import Path

import click

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
