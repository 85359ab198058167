"""Tell by its text alone what a query is about, before the engine reads it."""

import re

_FROM = re.compile(r"(?<![?$:\w])FROM\s*(?!NAMED)[<\w:]", re.IGNORECASE)
_BRACKET = re.compile(r"[(\[{}\])]")
_NOTS = re.compile(r"!(?:\s*!)+")
_NOISE = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"""|"(?:[^"\\\r\n]|\\.)*"'
    r"|'''(?:[^'\\]|\\.|'{1,2}(?!'))*'''|'(?:[^'\\\r\n]|\\.)*'"
    r'|<[^<>"{}|^`\\\x00-\x20]*>|#[^\r\n]*',
    re.DOTALL,
)
DEEPEST = 100  # the engine's parser overflows its stack at some thousands


def depth(text: str) -> int:
    """Count how deep brackets, and negations without any, nest outside comments, strings, IRIs.

    Where there are not enough of them to nest too deep, their mere number is returned.
    """
    most = sum(map(text.count, "([{!"))
    if most <= DEEPEST:
        return most
    plain = _NOISE.sub("", text)
    depth, deepest = 0, max((run.count("!") for run in _NOTS.findall(plain)), default=0)
    for bracket in _BRACKET.findall(plain):
        depth = depth + 1 if bracket in "([{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest


def from_several(text: str) -> bool:
    """Say whether a query has two FROM clauses or more, FROM NAMED not counted."""
    if text.casefold().count("from") < 2:  # noqa: PLR2004
        return False
    return len(_FROM.findall(_NOISE.sub("<>", text))) > 1
