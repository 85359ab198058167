"""Read a query out of an HTTP request (SPARQL 1.1 Protocol, section 2.1). Nothing is evaluated."""

import re
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from werkzeug.http import parse_options_header

from sayso.errors import (
    BadGraphName,
    BadNumber,
    NoQuery,
    NotUtf8,
    TooLong,
    TwoQueries,
    UpdateRefused,
    WrongMediaType,
    WrongMethod,
)

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
LONGEST = 1_000_000  # bytes of a request's body
_ABSOLUTE = re.compile(r'[A-Za-z][A-Za-z0-9+.\-]*:[^<>"{}|^`\\\x00-\x20]*')
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?|\.[0-9]{1,9}")
_ROWS = re.compile(r"[0-9]{1,15}")

Pairs = list[tuple[str, str]]


class Request(NamedTuple):
    """What of an HTTP request matters here; ``query_string`` and ``body`` as they came."""

    method: str
    query_string: bytes = b""
    content_type: str = ""
    body: bytes = b""
    accept: str | None = None
    accept_encoding: str | None = None
    if_none_match: str = ""


class Query(NamedTuple):
    """A query, the data set that the request names for it, and the format it asks for by name.

    ``offset`` is how many rows to leave out, as in the link to the rest of a cut answer.
    """

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None
    offset: int = 0


def read_query(request: Request) -> Query:
    """Read the query of a GET, HEAD or POST request.

    Raise NoQuery, TwoQueries, BadGraphName, BadNumber, NotUtf8, TooLong, UpdateRefused,
    WrongMediaType or WrongMethod.
    """
    if request.method in {"GET", "HEAD"}:
        given = request.query_string
        if given.startswith(b"query=") and b"&" not in given:  # nearly always
            return Query(_utf8(decoded(given[6:]), "address"))
        return _from_parameters(pairs(given, "address"))
    if request.method != "POST":
        raise WrongMethod(method=request.method, offered=", ".join(METHODS))
    if len(request.body) > LONGEST:
        raise TooLong(limit=LONGEST)
    return _from_post(request)


def _from_post(request: Request) -> Query:
    media_type, options = parse_options_header(request.content_type)
    if options.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
        raise WrongMediaType(given=request.content_type, taken=f"{FORM} and {QUERY} in UTF-8")
    address = pairs(request.query_string, "address")
    if media_type == FORM:
        return _from_parameters(address + pairs(request.body, "body"))
    if media_type == QUERY:
        return _from_parameters([*address, ("query", _utf8(request.body, "body"))])
    if media_type == UPDATE:
        raise UpdateRefused
    raise WrongMediaType(given=media_type, taken=f"{FORM} and {QUERY}")


def _from_parameters(pairs: Pairs) -> Query:
    if any(name == "update" for name, _ in pairs):
        raise UpdateRefused
    text = single(pairs, "query")
    if text is None:
        raise NoQuery
    _seconds(pairs)
    return Query(
        text,
        iris(pairs, "default-graph-uri"),
        iris(pairs, "named-graph-uri"),
        format_name(pairs),
        _offset(pairs),
    )


def _seconds(pairs: Pairs) -> None:
    """Refuse a ``timeout`` that is no time; one that is, the server keeps before it comes here."""
    given = single(pairs, "timeout")
    if given is not None and not (_NUMBER.fullmatch(given) and float(given) > 0):
        raise BadNumber(parameter="timeout", value=given, wanted="a number of seconds above 0")


def _offset(pairs: Pairs) -> int:
    given = single(pairs, "offset")
    if given is not None and not _ROWS.fullmatch(given):
        raise BadNumber(parameter="offset", value=given, wanted="a number of rows")
    return int(given or 0)


def single(pairs: Pairs, parameter: str) -> str | None:
    """Return the value of a parameter that may be given once; raise TwoQueries."""
    values = [value for name, value in pairs if name == parameter]
    if len(values) > 1:
        raise TwoQueries(parameter=parameter, count=len(values))
    return values[0] if values else None


def format_name(pairs: Pairs) -> str | None:
    """Return the format that is asked for by name: the first, as some clients name it twice."""
    return next((value for name, value in pairs if name == "format"), None)


def iris(pairs: Pairs, parameter: str) -> tuple[str, ...]:
    """Return the values of a parameter that must be absolute IRIs; raise BadGraphName."""
    values = [value for name, value in pairs if name == parameter]
    for value in values:
        if not _ABSOLUTE.fullmatch(value):
            raise BadGraphName(parameter=parameter, value=value)
    return tuple(dict.fromkeys(values))


def pairs(encoded: bytes, part: str) -> Pairs:
    """Decode parameters, once; raise NotUtf8 with the part of the request."""
    return [
        (_utf8(decoded(name), part), _utf8(decoded(value), part))
        for name, _, value in (item.partition(b"=") for item in encoded.split(b"&") if item)
    ]


def decoded(encoded: bytes) -> bytes:
    """Decode a name or a value of a form (URL standard, section 5.1)."""
    if b"%" not in encoded:
        return encoded.replace(b"+", b" ")
    # Python's own decoder for strings is in C, and reads the same digits after another mark.
    escaped = encoded.replace(b"\\", b"\\\\").replace(b"+", b" ").replace(b"%", b"\\x")
    try:
        return escaped.decode("unicode_escape").encode("latin-1")
    except UnicodeDecodeError:  # a % without digits stands for itself
        return unquote_to_bytes(encoded.replace(b"+", b" "))


def _utf8(content: bytes, part: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotUtf8(part=part) from error
