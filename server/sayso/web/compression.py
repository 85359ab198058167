"""Compress pages and data on their way, where the client accepts it."""

from flask import Response, request

from sayso.endpoint.coding import CODINGS, IDENTITY, codings, encoder
from sayso.errors import NotAcceptable


def compressed(response: Response) -> Response:
    """Compress the body of an answer; its tag stays, and so must be a weak one.

    A page goes as it is where no coding is accepted, plain bytes neither: there is nothing
    better to tell a browser.
    """
    if response.direct_passthrough or response.is_streamed or response.status_code != 200:  # noqa: PLR2004
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
