r"""Tell before evaluation whether a query would make the engine call another server.

The engine's grammar is context-dependent and takes forms that a plain tokenizer
misreads: ``.SERVICEex:a{`` without spaces, ``1<2)#>`` (an operator and a comment, or
an IRI?), ``ex:a\'`` (a name with a quote in it). So two checks stand in a row. The
first ignores context: where no text anywhere looks like a service clause there is
none. The second only excuses: it follows *every* way of reading the text, and where
the look-alike lies in a comment, a string or an IRI in all of them, the query passes.
A reading too many refuses a harmless query; a reading too few would let a call out.
"""

import re
from collections.abc import Collection, Iterable, Iterator

_BLANK = r"(?:[ \t\r\n]|#[^\r\n]*)*"
_TARGET = r"(?:<[^<>]*>|(?:\\.|[^ \t\r\n{}<>#\"'\\])+)"
_CLAUSE = re.compile(rf"SERVICE{_BLANK}(?:SILENT{_BLANK})?{_TARGET}{_BLANK}\{{", re.IGNORECASE)
# The same with an IRI that is written out; a comment that has begun goes to the end of its line.
_SURE = r"(?:[ \t\r\n]|#[^\r\n]*+)*+"
_NAMED = re.compile(rf"SERVICE{_SURE}(?:SILENT{_SURE})?+(<[^<>]*>){_SURE}\{{", re.IGNORECASE)
_SERVICE = re.compile("SERVICE", re.IGNORECASE)
# An operation of an update stands at the beginning, or behind a semicolon or a prologue.
_OPERATION = r"(?<![^;>} \t\r\n])LOAD"
_LOADING = re.compile(rf"{_OPERATION}(?=\s*(?:SILENT)?\s*(?:[#<]|[^\s<>#{{}}]*:))", re.IGNORECASE)
_LOAD = re.compile(rf"{_OPERATION}{_BLANK}(?:SILENT{_BLANK})?{_TARGET}", re.IGNORECASE)
_IRI = re.compile(r'<[^<>"{}|^`\\\x00-\x20]*>')
_COMMENT = re.compile(r"#[^\r\n]*")
_STRINGS = (
    re.compile(r'"""(?:"{0,2}(?:[^"\\]|\\.))*"""', re.DOTALL),
    re.compile(r"'''(?:'{0,2}(?:[^'\\]|\\.))*'''", re.DOTALL),
    re.compile(r'"(?:[^"\\\r\n]|\\.)*"'),
    re.compile(r"'(?:[^'\\\r\n]|\\.)*'"),
)
_MARK = re.compile(r"(?<!\\)[?$]\Z")
_MOST = 1000  # mentions of the word; more would only be there to make the check slow
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def calls_service(query: str) -> bool:
    """Say whether a query may hold a SERVICE clause (SPARQL 1.1 Federated Query)."""
    if "\\" not in query and "service" not in query.casefold():
        return False
    return any(_says(text, _SERVICE, _CLAUSE) for text in {query, unescaped(query)})


def calls_others(query: str, services: Collection[str]) -> bool:
    """Say whether a query may call anything but some services.

    Only an IRI that is written out and stands in the list is one of these: no variable, no
    prefixed or relative name, no escape. The engine follows no redirection.
    """
    if not services:
        return calls_service(query)
    known = {f"<{iri}>" for iri in services}
    return any(not known.issuperset(_targets(text)) for text in {query, unescaped(query)})


def _targets(text: str) -> Iterator[str]:
    """Yield what stands behind SERVICE, in all readings; nothing names too many to look at."""
    starts = [match.start() for match in _SERVICE.finditer(text)]
    if len(starts) > _MOST:
        yield ""
        return
    suspects = {start for start in starts if _CLAUSE.match(text, start)} - _names(text, starts)
    for start in suspects & _code(text) if suspects else ():
        named = _NAMED.match(text, start)
        yield named[1] if named else ""


def loads(update: str) -> bool:
    """Say whether an update may hold a LOAD operation (SPARQL 1.1 Update, section 3.1.4)."""
    return any(_says(text, _LOADING, _LOAD) for text in {update, unescaped(update)})


def _says(text: str, begin: re.Pattern[str], clause: re.Pattern[str]) -> bool:
    """Say whether a clause that begins so stands in code, in some reading of a text."""
    starts = [match.start() for match in begin.finditer(text)]
    if len(starts) > _MOST:
        return True
    suspects = {start for start in starts if clause.match(text, start)} - _names(text, starts)
    return bool(suspects) and not suspects.isdisjoint(_code(text))


def _names(text: str, starts: Iterable[int]) -> set[int]:
    """Find which places belong to the name of a variable, as in ``(1 AS ?service) {``.

    A mark before the word that is not escaped begins a name: the only other token that ends in
    one is the path ``ex:p?``, which an object must follow.
    """
    return {start for start in starts if _MARK.search(text[max(start - 2, 0) : start])}


def _code(text: str) -> set[int]:
    """Collect the positions that lie in code, and in no comment, string or IRI, in some reading."""
    seen: set[int] = set()
    waiting = [0]
    while waiting:
        place = waiting.pop()
        if place < len(text) and place not in seen:
            seen.add(place)
            waiting += _next(text, place)
    return seen


def _next(text: str, place: int) -> list[int]:
    char = text[place]
    if char == "#":
        return _ends(text, place, _COMMENT)
    if char in "\"'":
        return _ends(text, place, *_STRINGS) or [place + 1]
    if char == "<":
        return [place + 1, *_ends(text, place, _IRI)]
    if char == "\\":
        return [place + 1, place + 2]
    return [place + 1]


def _ends(text: str, place: int, *patterns: re.Pattern[str]) -> list[int]:
    matches = (pattern.match(text, place) for pattern in patterns)
    return [match.end() for match in matches if match]


def unescaped(query: str) -> str:
    """Replace the codepoint escapes, which stand for their characters (SPARQL 1.1, 19.2)."""
    return _ESCAPE.sub(lambda found: _character(found.group(1) or found.group(2)), query)


def _character(digits: str) -> str:
    code = int(digits, 16)
    return chr(code) if code <= 0x10FFFF else ""  # noqa: PLR2004
