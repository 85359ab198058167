"""Take an update apart where the engine cannot read it in one piece.

The language lets each operation begin with a prologue of its own (SPARQL 1.1 Update, rule 29);
the engine reads one at the beginning only. rdflib's store writes them before each.
"""

import re
from itertools import pairwise

from sayso.endpoint.writes_using import TOKEN

_SPACE = r"(?:\s|#[^\r\n]*)*+"
_IRI = r'<[^<>"{}|^`\\\x00-\x20]*>'
_DECLARED = rf"BASE{_SPACE}{_IRI}|PREFIX{_SPACE}[^\s<>:]*:{_SPACE}{_IRI}"
_PROLOGUE = re.compile(rf"{_SPACE}(?:(?:{_DECLARED}){_SPACE})*+", re.IGNORECASE)
_DECLARES = re.compile(_DECLARED, re.IGNORECASE)
_NO_LINE_END = re.compile(r"[^\r\n]")

Span = tuple[int, int]


def parts(update: str) -> list[str]:
    """Return texts that do, one after the other, what the update does: itself, where it can be.

    In each all but one operation, and the prologues up to it, is blank, so that places stay.
    """
    spans = _operations(update)
    prologues = [(begin, _end(update, begin)) for begin, _ in spans]
    if not any(_DECLARES.search(update[begin:end]) for begin, end in prologues[1:]):
        return [update]
    found = []
    for number, ((_, end), (_, middle)) in enumerate(zip(spans, prologues, strict=True)):
        if update[middle:end].strip():
            found.append(_only(update, [*prologues[: number + 1], (middle, end)]))
    return found


def _operations(update: str) -> list[Span]:
    """Find what stands between the semicolons outside of braces."""
    depth, ends = 0, [-1]
    for token in TOKEN.finditer(update):
        if token["brace"]:
            depth = max(0, depth + (1 if token["brace"] == "{" else -1))
        elif token["end"] and not depth:
            ends.append(token.start())
    return [(before + 1, end) for before, end in pairwise([*ends, len(update)])]


def _end(update: str, begin: int) -> int:
    found = _PROLOGUE.match(update, begin)
    return found.end() if found else begin


def _only(update: str, kept: list[Span]) -> str:
    """Blank all but some spans."""
    text, done = [], 0
    for begin, end in kept:
        text += [_NO_LINE_END.sub(" ", update[done:begin]), update[begin:end]]
        done = end
    return "".join([*text, _NO_LINE_END.sub(" ", update[done:])])
