"""The command line: one module for each command, imported when it is called."""

import platform
import sys
from importlib import import_module

import click

from sayso.errors import NeedsLinux, SaysoError

COMMANDS = (
    "check",
    "disputes",
    "drift",
    "init",
    "load",
    "origins",
    "query",
    "serve",
    "tidy",
    "verify",
    "why",
)


@click.command("serve", context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def _serve_elsewhere() -> None:
    """Serve a graph (on Linux only): its pages, its data and its SPARQL endpoint."""
    # Its workers wait, are bounded and are killed by means that only Linux has.
    raise NeedsLinux(system=platform.system())


class Commands(click.Group):
    """Find each command in its module, so that no command waits for another's imports."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """List the commands by name."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name == "serve" and sys.platform != "linux":
            return _serve_elsewhere
        command: click.Command = import_module(f"sayso.cli.{cmd_name}").command
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sayso", prog_name="sayso")
def group() -> None:
    """Ask on whose say-so: claims of news articles as linked data."""


def main() -> None:
    """Run the command line; a SaysoError becomes its sentence and exit status 2."""
    try:
        group()
    except SaysoError as error:
        click.echo(f"sayso: {error}", err=True)
        sys.exit(2)
