"""Send data to whoever asks, scripts of other sites too, and to nobody who has it already."""

from flask import Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from sayso.store import RdfStore
from sayso.store.export import exported
from sayso.store.formats import GraphFormat, graph_format


def tagged(response: Response, version: str, form: str) -> BaseResponse:
    """Mark a response with the version of the graph, and answer 304 where the client has it.

    The tag is weak: the engine writes prefixes in another order each time, and a page may be
    compressed.
    """
    response.set_etag(f"{version[:32]}-{form}", weak=True)
    response.headers["Cache-Control"] = "no-cache"
    return response.make_conditional(request)


def negotiated(body: str | bytes, form: GraphFormat, version: str) -> BaseResponse:
    """Send what was asked for by an Accept field or a short name."""
    response = _opened(Response(body, content_type=form.media_type))
    response.vary.add("Accept")
    return tagged(response, version, form.suffix)


def download(data: RdfStore, name: str, suffix: str) -> BaseResponse:
    """Send all of a data set as a file; abort with 404 where no format has the ending."""
    form = graph_format(suffix)
    if form is None:
        abort(404, f"there is no format with the ending .{suffix}")
    response = _opened(Response(exported(data, form), content_type=form.media_type))
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return tagged(response, data.version, suffix)


def _opened(response: Response) -> Response:
    """Let scripts of other sites read a response."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
