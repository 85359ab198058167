"""Read HTTP/1.1 requests out of bytes, within bounds; the parsing is httptools' (llhttp)."""

import re
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qs

import httptools

from sayso.endpoint.limits import Limits

_LONGEST_HEADERS = 100
_FORM = b"application/x-www-form-urlencoded"
_LINE = re.compile(rb"(GET|HEAD) ((/[!\"$->@-~]*)(?:\?[!\"$-~]*)?) HTTP/1\.1\r\n")
_KNOWN, _LONGEST_KNOWN = 256, 2048
_UNUSUAL = {b"content-length", b"transfer-encoding", b"expect", b"upgrade", b"connection"}

Fields = tuple[tuple[bytes, bytes], ...]


class Refused(Exception):  # noqa: N818 - no error of this program
    """A request that is answered with a status at once, and its connection closed."""

    def __init__(self, status: HTTPStatus, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


class _Another(Exception):  # noqa: N818 - no error
    """A second request begins."""


@dataclass
class Call:
    """One whole request; header names in lower case, values as they came."""

    method: str = ""
    target: bytes = b""
    headers: Fields = ()
    body: bytes = b""
    version: str = "1.1"
    keep_alive: bool = False
    raw: bytes = b""
    rest: bytes = b""  # what was read behind it
    path: bytes = b""  # of the target, still percent-encoded

    def header(self, name: bytes) -> bytes:
        """Return a header's values, joined; empty where it is missing."""
        return b", ".join(value for key, value in self.headers if key == name)


@dataclass
class Known:
    """Header fields that were parsed before: a client sends the same with each request."""

    limits: Limits
    _fields: dict[bytes, Fields] = field(default_factory=dict)

    def call(self, data: bytes) -> Call | None:
        """Read a whole request without a body, if all but its first line was seen before."""
        line = _LINE.match(data)
        headers = self._fields.get(data[line.end() :]) if line else None
        if line is None or headers is None or len(line[2]) > self.limits.url:
            return None
        method, target, path = line.groups()
        return Call(method.decode(), target, headers, keep_alive=True, raw=data, path=path)

    def learn(self, call: Call) -> None:
        """Remember the header fields of a request, if nothing about them is unusual."""
        line = _LINE.match(call.raw)
        rest = call.raw[line.end() :] if line else b""
        if (
            len(rest) > _LONGEST_KNOWN
            or not call.keep_alive
            or rest.find(b"\r\n\r\n") != len(rest) - 4
        ):
            return
        if _UNUSUAL.isdisjoint(name for name, _ in call.headers):
            if len(self._fields) >= _KNOWN:
                self._fields.clear()
            self._fields[rest] = call.headers


class RequestReader:
    """Collect the bytes of one request; ``raw`` are those of a request that is not yet whole.

    Further requests in the same bytes (pipelining, RFC 9112, section 9.3.2) are the ``rest`` of
    the first. Behind a body in chunks they are not kept: its answer closes the connection, and
    the client asks again.
    """

    def __init__(self, limits: Limits, known: Known) -> None:
        self.limits = limits
        self.known = known
        self.raw = bytearray()
        self.expects = False
        self._reset()

    def _reset(self) -> None:
        self._parser = httptools.HttpRequestParser(self)
        self._call = Call()
        self._whole = self._more = self._upgrade = False
        self._headers: list[tuple[bytes, bytes]] = []
        self._fields = 0
        self._body: list[bytes] = []
        self._length = 0

    def feed(self, data: bytes) -> Call | None:
        """Take bytes and return the request when it is whole; raise Refused."""
        if not self.raw and (known := self.known.call(data)):
            return known
        self.raw += data
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            # It is declined by answering as usual (RFC 9110, section 7.8).
            self._more = self._upgrade = True
        except httptools.HttpParserCallbackError as error:
            if isinstance(error.__context__, Refused):
                raise error.__context__ from None
            if not isinstance(error.__context__, _Another):
                raise
        except httptools.HttpParserError as error:
            if not self._whole:
                raise Refused(HTTPStatus.BAD_REQUEST, "This is not HTTP.") from error
            self._more = True
        if len(self.raw) > self.limits.url + self.limits.headers + 3 * self.limits.body:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The request is too long.")
        return self._taken() if self._whole else None

    def _taken(self) -> Call:
        call = self._call
        call.body = b"".join(self._body)
        call.headers = tuple(self._headers)
        call.raw = bytes(self.raw)
        call.path = call.target.partition(b"?")[0]
        call.rest = self._rest(call) if self._more and call.keep_alive else b""
        call.keep_alive = call.keep_alive and (bool(call.rest) or not self._more)
        self.known.learn(call)
        self.raw = bytearray()
        if self._more:
            self._reset()
        self._whole = False
        return call

    def _rest(self, call: Call) -> bytes:
        """Return what stands behind a request; nothing where its end is not told by its length."""
        if self._upgrade or call.header(b"transfer-encoding"):
            return b""
        begin = len(call.raw) - len(call.raw.lstrip(b"\r\n"))
        end = call.raw.find(b"\r\n\r\n", begin)
        return call.raw[end + 4 + len(call.body) :] if end >= 0 else b""

    # What httptools calls, in this order.

    def on_message_begin(self) -> None:
        """Begin a request; a second one is only noted, and not parsed before its time."""
        if self._whole:
            self._more = True
            raise _Another
        self._call = Call()
        self._fields = self._length = 0
        self._headers, self._body = [], []
        self.expects = False

    def on_url(self, url: bytes) -> None:
        """Take a part of the target."""
        if self._more:
            return
        self._call.target += url
        if len(self._call.target) > self.limits.url:
            raise Refused(HTTPStatus.REQUEST_URI_TOO_LONG, "The address is too long.")

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header field."""
        if self._more:
            return
        self._fields += len(name) + len(value)
        if self._fields > self.limits.headers or len(self._headers) >= _LONGEST_HEADERS:
            raise Refused(
                HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The header fields are too long."
            )
        self._headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        """Judge the head of the request."""
        if self._more:
            return
        call = self._call
        call.method = self._parser.get_method().decode("latin-1")
        call.version = self._parser.get_http_version()
        call.keep_alive = self._parser.should_keep_alive()
        self.expects = False
        hosts = 0
        for name, value in self._headers:
            if name == b"host":
                hosts += 1
            elif name == b"content-length" and int(value) > self.limits.body:
                raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, self._too_long())
            elif name == b"expect" and value.lower() == b"100-continue":
                self.expects = True
        if hosts > 1 or (hosts == 0 and call.version == "1.1"):
            raise Refused(HTTPStatus.BAD_REQUEST, "A request must name its host once.")

    def on_body(self, data: bytes) -> None:
        """Take a part of the body."""
        if self._more:
            return
        self._body.append(data)
        self._length += len(data)
        if self._length > self.limits.body:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, self._too_long())

    def on_message_complete(self) -> None:
        """Note that the request is whole."""
        self._whole = True

    def _too_long(self) -> str:
        return f"The body is longer than the {self.limits.body} bytes that are taken."


def patience(call: Call, limits: Limits) -> float:
    """Return the seconds that a request may take: its own ``timeout``, or the limit if lower."""
    if not call.body and b"timeout=" not in call.target:
        return limits.deadline
    given = call.target.partition(b"?")[2]
    if call.body and call.header(b"content-type").startswith(_FORM):
        given += b"&" + call.body
    if b"timeout=" not in given:
        return limits.deadline
    try:
        wished = float(parse_qs(given)[b"timeout"][0])
    except (KeyError, ValueError):
        return limits.deadline
    return wished if 0 < wished < limits.deadline else limits.deadline
