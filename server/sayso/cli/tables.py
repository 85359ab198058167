"""Set answers as tables for people: in colour on a terminal, plain and whole anywhere else."""

import re
import sys
from collections.abc import Iterable, Mapping
from io import StringIO

import pyoxigraph as ox
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sayso.analysis.questions import Question
from sayso.analysis.telling import printable
from sayso.store import ClaimStore

_WIDE = 1_000_000  # columns where no terminal sets a limit, so that nothing is folded
_LOCAL = re.compile(r"\w(?:[\w.-]*[\w-])?")  # the local names that need no escape in SPARQL


def solutions_table(solutions: ox.QuerySolutions, claims: ClaimStore) -> str:
    """Set the rows of a SELECT, IRIs as they can be typed into the next query."""
    names = [variable.value for variable in solutions.variables]
    lines = [
        [shown(term, claims.prefixes, claims.base) for term in solution] for solution in solutions
    ]
    return _set(names, lines) + f"{_counted(len(lines))}\n"


def listing(questions: Iterable[Question]) -> str:
    """Set the stored questions by name and title."""
    return _set(["name", "question"], [[found.name, found.title] for found in questions])


def boolean_text(answer: bool) -> str:
    """Write the answer to an ASK."""
    return "yes\n" if answer else "no\n"


def shown(term: object, prefixes: Mapping[str, str], base: str) -> str:
    """Write an IRI as a prefixed name or relative to the base, a literal without its type."""
    if isinstance(term, ox.NamedNode):
        return _iri(term.value, prefixes, base)
    if isinstance(term, ox.Literal):
        return printable(term.value)
    return "" if term is None else str(term)


def _iri(iri: str, prefixes: Mapping[str, str], base: str) -> str:
    fitting = [(len(space), name) for name, space in prefixes.items() if iri.startswith(space)]
    if fitting:
        length, name = max(fitting)
        if _LOCAL.fullmatch(iri[length:]):
            return f"{name}:{iri[length:]}"
    return f"<{iri.removeprefix(base)}>"


def _set(head: list[str], lines: list[list[str]]) -> str:
    terminal = sys.stdout.isatty()
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for name in head:
        table.add_column(name, overflow="fold", no_wrap=not terminal)
    for line in lines:
        table.add_row(*map(Text, line))
    out = StringIO()
    width = None if terminal else _WIDE
    console = Console(file=out, force_terminal=terminal, width=width, highlight=False)
    console.print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _counted(count: int) -> str:
    return "1 row" if count == 1 else f"{count or 'no'} rows"
