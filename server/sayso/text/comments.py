"""Keep the comments of a Turtle file with the blocks that they stand by."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from sayso.store.turtle import Block, Kind, Token, tokens


@dataclass
class Comments:
    """Comment lines by place; an empty string is an empty line.

    ``head`` stands above the prefixes, ``notes`` between them and the first block, ``above``
    over the block of a subject (an IRI or ``_:…``), ``tail`` at the end of the file.
    """

    head: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    above: dict[str, list[str]] = field(default_factory=dict)
    tail: list[str] = field(default_factory=list)

    def rename(self, names: Mapping[str, str]) -> None:
        """Move the comments of blocks whose subject has a new name."""
        for old, new in names.items():
            if old != new and old in self.above:
                lines = self.above.pop(old)
                self.above[new] = [*self.above.get(new, []), *lines]

    def without_block(self, subjects: set[str]) -> list[str]:
        """List the lines that stood by blocks that are there no more."""
        return [line for at, lines in self.above.items() if at not in subjects for line in lines]


def comments(text: str, found: list[Block]) -> Comments:
    """Find the comments of a Turtle document and which of its blocks each belongs to.

    A comment belongs to the block that it stands in, or behind on the same line, or else to
    the block that follows; comments before the first block and apart from it are notes on the
    whole. Raise SyntaxError where the text has no tokens.
    """
    starts = [block.start for block in found]
    first = next((block for block in found if not block.is_directive), None)
    groups: dict[int | None, list[Token]] = {}
    for token in tokens(text):
        if token.kind is Kind.COMMENT:
            at = _owner(token, found, bisect_right(starts, token.offset) - 1)
            groups.setdefault(at, []).append(token)
    places = Comments()
    for at, group in groups.items():
        if at is None:
            places.tail += _lines(group)
        elif found[at].is_directive:
            places.head += _lines(group)
        else:
            _place(places, group, found[at], is_first=found[at] is first)
    return places


def _owner(token: Token, found: list[Block], index: int) -> int | None:
    """Return the index of the block that a comment belongs to, None behind the last."""
    if index >= 0:
        last = found[index].tokens[-1]
        ends_on = last.line + last.text.count("\n")
        if token.offset < found[index].end or token.line == ends_on:
            return index
    return index + 1 if index + 1 < len(found) else None


def _place(places: Comments, group: list[Token], block: Block, *, is_first: bool) -> None:
    apart = [t for t in group if t.offset < block.start and t not in block.comments]
    within = [t for t in group if t.offset > block.start]
    above = places.above.setdefault(block.subject or "", [])
    if is_first:
        places.notes += _lines(apart)
    elif apart:
        above += [*_lines(apart), ""]
    above += [token.text.rstrip() for token in (*block.comments, *within)]


def _lines(group: list[Token]) -> list[str]:
    """Write comments one a line, with an empty line wherever the file has some between them."""
    lines = [group[0].text.rstrip()] if group else []
    for before, token in pairwise(group):
        lines += [""] * (token.line > before.line + 1) + [token.text.rstrip()]
    return lines
