"""Run the command line as ``python -m sayso``."""

from sayso.cli import main

main()
