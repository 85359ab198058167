"""Compress pages and data on their way, where the client accepts it."""

from http import HTTPStatus

from flask import Response, request

from sayso.endpoint.coding import CODINGS, IDENTITY, codings, encoder
from sayso.errors import NotAcceptable

_TEXTS = frozenset({"text/css", "text/javascript", "image/svg+xml"})


def compressed(response: Response) -> Response:
    """Compress the body of an answer; its tag stays, and so must be a weak one.

    A file of text is read for that, and its tag made weak.

    A page goes as it is where no coding is accepted, plain bytes neither: there is nothing
    better to tell a browser.
    """
    whole = response.status_code == HTTPStatus.OK
    if whole and response.direct_passthrough and response.mimetype in _TEXTS:
        response.direct_passthrough = False
        response.set_data(response.get_data())
        response.set_etag(response.get_etag()[0] or "", weak=True)
    if response.direct_passthrough or response.is_streamed or not whole:
        return response
    response.vary.add("Accept-Encoding")
    coding = _coding(response)
    if coding in CODINGS:
        coder = encoder(coding)
        response.set_data(coder.compress(response.get_data()) + coder.flush())
        response.headers["Content-Encoding"] = coding
    return response


def _coding(response: Response) -> str:
    try:
        accepted = request.headers.get("Accept-Encoding")
        return codings(accepted).for_size(len(response.get_data()))
    except NotAcceptable:
        return IDENTITY
