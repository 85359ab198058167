"""Cut the rows of a SELECT query at a place, by making it a subquery of one with a LIMIT.

A subquery is a SELECT query without its prologue and its FROM clauses (SPARQL 1.1, section
19.8, rule 8), so these two move out and the rest stays as it was written, with its own
ORDER BY, LIMIT, OFFSET and VALUES.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.endpoint.federation import unescaped
from sayso.store.formats import RESULT_FORMATS

_BYTES = {"json": b"{", "xml": b"<", "csv": b"\n", "tsv": b"\n"}
# By media type a byte that stands at least once in each row.
IN_EACH_ROW = {form.media_type: _BYTES[form.suffix] for form in RESULT_FORMATS}
_PROLOGUE = re.compile(
    r"(?:\s|#[^\r\n]*|(?:BASE|PREFIX)(?:\s|#[^\r\n]*)*(?:[^\s<>#\"'{}()]*:(?:\s|#[^\r\n]*)*)?"
    r"<[^<>\"{}|^`\\\x00-\x20]*>)*",
    re.IGNORECASE,
)
_SELECT = re.compile("SELECT", re.IGNORECASE)
_APART = re.compile(
    r'(?P<kept>"""(?:"{0,2}(?:[^"\\]|\\.))*"""|\'\'\'(?:\'{0,2}(?:[^\'\\]|\\.))*\'\'\''
    r"|\"(?:[^\"\\\r\n]|\\.)*\"|'(?:[^'\\\r\n]|\\.)*'|<[^<>\"{}|^`\\\x00-\x20]*>)|#[^\r\n]*",
    re.DOTALL,
)
_FROM = re.compile(r"(?<![?$:\w])FROM\s*(?:NAMED\s*)?(?:~+|[^\s{}()~]+)", re.IGNORECASE)
_STOP = re.compile(r"[(){]")


@dataclass(frozen=True)
class Window:
    """Which rows of an answer are wanted: those after ``offset``, at most ``limit`` of them."""

    offset: int = 0
    limit: int = 0  # 0 is no limit

    def __bool__(self) -> bool:
        """Say whether this leaves anything out."""
        return bool(self.offset or self.limit)


def windowed(query: str, variables: Sequence[str], window: Window) -> str | None:
    """Write a query for some of the rows of a SELECT query, in the same order.

    ``variables`` are its columns. Return None where the text does not show where SELECT and its
    clauses begin and end.
    """
    begin = _PROLOGUE.match(query)
    start = begin.end() if begin else 0
    where = _where(query, start)
    if where is None or not _SELECT.match(query, start) or unescaped(query) != query:
        return None
    clauses = list(_clauses(query, start, where))
    inner, place = "", start
    for first, last in clauses:
        inner += query[place:first] + " "
        place = last
    moved = " ".join(query[first:last] for first, last in clauses)
    columns = " ".join(f"?{name}" for name in variables) or "*"
    limit = f" LIMIT {window.limit}" if window.limit else ""
    return (
        f"{query[:start]}SELECT {columns} {moved} {{ {{ {inner}{query[place:]}\n}} }}"
        f" OFFSET {window.offset}{limit}"
    )


def _masked(query: str) -> str:
    """Blank out comments, strings and IRIs, so that what is left stands at the same places."""
    return _APART.sub(lambda found: ("~" if found["kept"] else " ") * len(found[0]), query)


def _where(query: str, start: int) -> int | None:
    """Find the brace that opens the pattern: the first outside of the brackets of expressions."""
    depth = 0
    for found in _STOP.finditer(_masked(query), start):
        if found[0] == "{" and depth == 0:
            return found.start()
        depth += (found[0] == "(") - (found[0] == ")")
    return None


def _clauses(query: str, start: int, where: int) -> Iterator[tuple[int, int]]:
    head = _masked(query)[:where]
    for found in _FROM.finditer(head, start):
        if head.count("(", start, found.start()) == head.count(")", start, found.start()):
            yield found.span()
