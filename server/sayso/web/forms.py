"""Choose between a page for people and the formats of data, which most addresses have."""

from flask import request

from sayso.endpoint.negotiation import PAGE, Form, choose
from sayso.store.formats import GRAPH_FORMATS, GraphFormat

Offered = GraphFormat | Form
_OFFERS: tuple[Offered, ...] = (PAGE, *GRAPH_FORMATS)


def asked() -> Offered:
    """Return what the request asks for, by ``?format=`` or its Accept field.

    Raise NotAcceptable.
    """
    return choose(request.args.get("format"), request.headers.get("Accept"), _OFFERS)


def of_suffix(suffix: str) -> Offered | None:
    """Find what the end of a path asks for, such as ``ttl`` or ``html``."""
    return next((offer for offer in _OFFERS if offer.suffix == suffix), None)


def content_type(form: Offered) -> str:
    """Return the value of the Content-Type field."""
    return "text/html; charset=utf-8" if isinstance(form, Form) else form.media_type
