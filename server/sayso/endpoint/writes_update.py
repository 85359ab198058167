"""Take updates in SPARQL 1.1 Update over HTTP (SPARQL 1.1 Protocol, section 2.2)."""

import re
from contextlib import suppress
from dataclasses import dataclass

import pyoxigraph as ox
from werkzeug.http import parse_options_header
from werkzeug.wrappers import Response
from werkzeug.wsgi import get_current_url

from sayso import errors
from sayso.endpoint.exchange import Environ
from sayso.endpoint.federation import calls_service, loads
from sayso.endpoint.protocol import FORM, UPDATE, Pairs, Request, iris, pairs, single
from sayso.endpoint.query_text import DEEPEST, depth
from sayso.endpoint.results import FAULTS, said
from sayso.endpoint.writes_answer import attempted, done
from sayso.endpoint.writes_body import LONGEST
from sayso.endpoint.writes_parts import parts
from sayso.endpoint.writes_token import Token
from sayso.endpoint.writes_using import using
from sayso.store import RdfStore
from sayso.store.changing import Changing
from sayso.store.queries import bad_update

_STATE = re.compile("already exists|does not exist")
_UTF8 = {"utf-8", "utf8"}


@dataclass(frozen=True)
class Update:
    """An update, and the data set that the request names for its WHERE clauses."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class StoreUpdater:
    """What does updates on a store on disk: all operations of a request, or none."""

    store: Changing
    token: Token
    longest: int = LONGEST

    def takes(self, request: Request) -> bool:
        """Say whether a request is about an update, rightly or not."""
        if parse_options_header(request.content_type)[0] == UPDATE:
            return True
        given = pairs(request.query_string, "address") if request.query_string else []
        return any(name == "update" for name, _ in given + _form(request))

    def answer(self, environ: Environ, request: Request) -> Response:
        """Do an update, or say why not."""
        base = get_current_url(environ, strip_querystring=True)
        return attempted(environ, self.token, lambda: self._change(request, base))

    def _change(self, request: Request, base: str) -> Response:
        update = read_update(request)
        self.store.change(lambda data: apply(update, base, data))
        return done()


def read_update(request: Request) -> Update:
    """Read the update of a request.

    Raise UpdateByGet, QueryAndUpdate, TwoQueries, BadGraphName, NotUtf8 or WrongMediaType.
    """
    address = pairs(request.query_string, "address")
    if request.method != "POST" or any(name == "update" for name, _ in address):
        raise errors.UpdateByGet
    media_type, options = parse_options_header(request.content_type)
    if options.get("charset", "utf-8").lower() not in _UTF8:
        raise errors.WrongMediaType(
            given=request.content_type, taken=f"{FORM} and {UPDATE} in UTF-8"
        )
    given = address + _form(request)
    if media_type == UPDATE:
        given.append(("update", _decoded(request.body)))
    if any(name == "query" for name, _ in given):
        raise errors.QueryAndUpdate
    return Update(
        single(given, "update") or "",
        iris(given, "using-graph-uri"),
        iris(given, "using-named-graph-uri"),
    )


def apply(update: Update, base: str, data: RdfStore) -> None:
    """Do an update: all of its operations, or none, for what is raised leaves the store as it was.

    Raise BadSyntax with the place, TooDeep, ServiceRefused, LoadRefused, UsingTwice,
    UnknownFunction, UpdateFailed or QueryFailed.
    """
    text = using(update.text, update.default_graphs, update.named_graphs)
    for each in {update.text, text, *parts(text)}:
        if calls_service(each):
            raise errors.ServiceRefused
        if loads(each):
            raise errors.LoadRefused
    if depth(text) > DEEPEST:
        raise errors.TooDeep(limit=DEEPEST)
    try:
        _run(text, base, data)
    except SyntaxError as error:
        raise bad_update(_own(error, update, base, data)) from error


def _run(text: str, base: str, data: RdfStore) -> None:
    try:
        for part in parts(text):
            data.queryable.update(part, base_iri=base, prefixes=data.prefixes)
    except SyntaxError:
        raise
    except FAULTS as error:
        if _STATE.search(str(error)):  # CREATE of a graph that is there, DROP of one that is not
            raise errors.UpdateFailed(reason=f"{error}.") from error
        raise said(error) from error


def _own(error: SyntaxError, update: Update, base: str, data: RdfStore) -> SyntaxError:
    """Find the fault's place in the update as it came, before USING was written into it."""
    try:
        with suppress(errors.SaysoError):
            _run(update.text, base, RdfStore(ox.Store(), "", data.prefixes))
    except SyntaxError as found:
        return found
    return error


def _form(request: Request) -> Pairs:
    media_type, _ = parse_options_header(request.content_type)
    return pairs(request.body, "body") if media_type == FORM else []


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise errors.NotUtf8(part="body") from error
