"""Send an answer over WSGI: a short one whole, a long one in pieces while it is written.

What is written goes to the server's ``write`` (PEP 3333), since the engine pushes its
bytes and cannot be asked for them one by one.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

from sayso.endpoint.coding import IDENTITY, Codings, encoder
from sayso.endpoint.headers import OPEN
from sayso.endpoint.tags import Tag

BUFFER = 65_536  # bytes of the body, before compression, that are held back
Header = tuple[str, str]
Headers = list[Header]
Write = Callable[[bytes], object]
StartResponse = Callable[..., Write]


class Sink(Protocol):
    """What a body is written to."""

    def write(self, data: bytes, /) -> int:
        """Take some bytes."""

    def flush(self) -> None:
        """Do nothing: what is held back is sent when it is time."""


class Reply(NamedTuple):
    """A successful answer: what writes its body, and its head but for coding, tag and length."""

    produce: Callable[[Sink], object]
    media_type: str
    tag: Tag | None = None
    headers: tuple[Header, ...] = ()

    def own(self, coding: str) -> Headers:
        """Return the fields of this answer: what caches may do, and what else is to be said."""
        if self.tag is None:
            return [("Cache-Control", "no-store"), *self.headers]
        return [("Cache-Control", "no-cache"), ("ETag", self.tag.field(coding)), *self.headers]


def common(media_type: str, coding: str) -> Headers:
    """Return the fields that all answers of a media type and a coding bear."""
    coded = [] if coding == IDENTITY else [("Content-Encoding", coding)]
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return [("Content-Type", media_type + charset), *coded, *OPEN.items()]


class _Enough(Exception):  # noqa: N818 - no error
    """A HEAD request needs no more of the body."""


class Output:
    """The body of one reply on its way; it begins to leave when it fills the buffer."""

    def __init__(
        self, start: StartResponse, reply: Reply, codings: Codings, *, head_only: bool
    ) -> None:
        self._start = start
        self._reply = reply
        self._codings = codings
        self._head_only = head_only
        self._pieces: list[bytes] = []
        self._held = 0
        self._send: Write | None = None
        self.fault: Exception | None = None

    @property
    def begun(self) -> bool:
        """Say whether the head has been given to the server."""
        return self._send is not None

    def write(self, data: bytes, /) -> int:
        """Take a piece of the body; raise what the server raises where the client is gone."""
        self._pieces.append(data)
        self._held += len(data)
        if self._held >= BUFFER:
            self._pass_on()
        return len(data)

    def flush(self) -> None:
        """Do nothing: the engine flushes at the end only."""

    def whole(self) -> tuple[str, bytes]:
        """Return the coding and the bytes of a body of which nothing has left."""
        body = b"".join(self._pieces)
        coding = self._codings.for_size(len(body))
        if coding != IDENTITY:
            coder = encoder(coding)
            body = coder.compress(body) + coder.flush()
        return coding, body

    def rest(self) -> bytes:
        """Return what is left of a body that has begun to leave."""
        return self._encoder.compress(b"".join(self._pieces)) + self._encoder.flush()

    def finish(self) -> Iterable[bytes]:
        """Return what is left of the body, with the head before it where none has been given."""
        if self.begun:
            return [self.rest()]
        coding, body = self.whole()
        self._begin(coding, [("Content-Length", str(len(body)))])
        return [] if self._head_only else [body]

    def _pass_on(self) -> None:
        data = b"".join(self._pieces)
        self._pieces, self._held = [], 0
        try:
            if self._send is None:
                coding = self._codings.best()
                self._encoder = encoder(coding)
                self._begin(coding, [])
            if self._head_only:
                raise _Enough  # noqa: TRY301 - it leads through the engine
            ready = self._encoder.compress(data)
            if ready and self._send is not None:
                self._send(ready)
        except Exception as error:
            self.fault = error
            raise

    def _begin(self, coding: str, more: Headers) -> None:
        fields = common(self._reply.media_type, coding)
        self._send = self._start("200 OK", [*fields, *self._reply.own(coding), *more])

    def told(self, error: Exception) -> Exception:
        """Return what the server is to be told of an error that came up in writing.

        That is what the server itself raised; else the error while nothing has left; and
        afterwards ``Torn``.
        """
        return self.fault or (Torn() if self.begun else error)


def send(
    reply: Reply, start: StartResponse, codings: Codings, *, head_only: bool = False
) -> Iterable[bytes]:
    """Write a reply; HEAD stops it as soon as its length is past knowing.

    Raise NotAcceptable, or what goes wrong in writing; once the body has begun to leave, that
    is ``Torn``, and the server must break the connection.
    """
    codings.best()
    output = Output(start, reply, codings, head_only=head_only)
    try:
        reply.produce(output)
        return output.finish()
    except Exception as error:
        told = output.told(error)
        if isinstance(told, _Enough):
            return []
        if told is error:
            raise
        raise told from error


class Torn(Exception):  # noqa: N818 - no error of the request
    """A body failed after its head had left."""


class TooMuch(Exception):  # noqa: N818 - no error of the request
    """More was written than is wanted."""


class Short:
    """Hold a body in memory; raise TooMuch at more than some bytes, or so many of one of them."""

    def __init__(self, most: int, counted: bytes, most_counted: int) -> None:
        self._left = most
        self._counted = counted
        self._left_of_counted = most_counted
        self._pieces: list[bytes] = []

    def write(self, data: bytes, /) -> int:
        """Take a piece; raise TooMuch."""
        self._left -= len(data)
        self._left_of_counted -= data.count(self._counted)
        if self._left < 0 or self._left_of_counted < 0:
            raise TooMuch
        self._pieces.append(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing."""

    def pass_on(self, output: Sink) -> None:
        """Write what is held."""
        output.write(b"".join(self._pieces))
