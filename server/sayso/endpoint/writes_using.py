"""Give the operations of an update the data set that its request names.

``using-graph-uri`` and ``using-named-graph-uri`` stand for USING clauses (SPARQL 1.1 Protocol,
section 2.2.3), which the engine knows only in the text. What is looked at lies outside of
braces, where no ``<`` is an operator.
"""

import re
from collections.abc import Iterator, Sequence

from sayso.errors import UsingTwice

TOKEN = re.compile(
    r"(?P<skip>#[^\r\n]*"
    r'|<[^<>"{}|^`\\\x00-\x20]*>'
    r'|"""(?:"{0,2}(?:[^"\\]|\\.))*"""|"(?:[^"\\\r\n]|\\.)*"'
    r"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''|'(?:[^'\\\r\n]|\\.)*'"
    r"|[^\s{}<>#\"';:]*:[^\s{}<>#\"';]*)"
    r"|(?P<word>[A-Za-z]+)|(?P<brace>[{}])|(?P<end>;)",
    re.DOTALL,
)


def using(update: str, default: Sequence[str], named: Sequence[str]) -> str:
    """Write USING clauses into each operation that has a WHERE; lines stay lines.

    Raise UsingTwice where the update has USING or WITH.
    """
    if not default and not named:
        return update
    clauses = "".join(
        [f"USING <{iri}> " for iri in default] + [f"USING NAMED <{iri}> " for iri in named]
    )
    parts: list[str] = []
    done, before = 0, ""
    tokens = _outside(update)
    for word, start, end in tokens:
        if word in {"USING", "WITH"}:
            raise UsingTwice
        if word == "WHERE" and before == "DELETE":  # DELETE WHERE { … }: the pattern is both
            _, first, last = next(tokens, ("", end, end))
            parts += [update[done:start], update[first:last], " ", clauses, update[start:last]]
            done = last
        elif word == "WHERE":
            parts += [update[done:start], clauses]
            done = start
        before = word
    return "".join([*parts, update[done:]])


def _outside(update: str) -> Iterator[tuple[str, int, int]]:
    """Yield the words outside of braces in capitals, ``{`` for each group, and where they are."""
    depth = begin = 0
    for token in TOKEN.finditer(update):
        if token["brace"] == "{":
            begin = token.start() if not depth else begin
            depth += 1
        elif token["brace"] and depth:
            depth -= 1
            if not depth:
                yield "{", begin, token.end()
        elif token["word"] and not depth:
            yield token["word"].upper(), token.start(), token.end()
