"""Tell a client why nothing is written."""

from http import HTTPStatus

from werkzeug.wrappers import Response

from sayso import errors
from sayso.endpoint.problem import problem_response, status_of

_STATUS: dict[type[errors.SaysoError], HTTPStatus] = {
    errors.TokenMissing: HTTPStatus.UNAUTHORIZED,
    errors.WrongToken: HTTPStatus.FORBIDDEN,
    errors.NotWritable: HTTPStatus.FORBIDDEN,
    errors.NoSuchRecord: HTTPStatus.NOT_FOUND,
    errors.ChangedSince: HTTPStatus.PRECONDITION_FAILED,
    errors.LastRecord: HTTPStatus.CONFLICT,
    errors.SpoiltFolder: HTTPStatus.CONFLICT,
    errors.NoGraphThere: HTTPStatus.NOT_FOUND,
    errors.LoadRefused: HTTPStatus.FORBIDDEN,
    errors.UpdateFailed: HTTPStatus.CONFLICT,
    errors.StoreFailed: HTTPStatus.INSUFFICIENT_STORAGE,
    errors.FolderBusy: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.CannotWrite: HTTPStatus.INSUFFICIENT_STORAGE,
    errors.NotServedYet: HTTPStatus.ACCEPTED,
    errors.TooLong: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.WrongMediaType: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
}
# What a draft lacks before it can be a record: it could be read, and not be used.
_UNFIT = (
    errors.NamelessNode,
    errors.SeveralThings,
    errors.TextNeeded,
    errors.NoPlace,
    errors.PlaceOutside,
    errors.OtherWords,
    errors.NotADate,
    errors.HalfStatement,
)


def refused(error: errors.SaysoError, accept: str | None) -> Response:
    """Make the answer that says why nothing is written, or that it is not served yet."""
    status = _STATUS.get(type(error)) or status_of(error)
    if isinstance(error, _UNFIT):
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    facts = {name: str(fact) for name, fact in error.facts.items()}
    response = problem_response(status, str(error), accept, facts)
    if status is HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="sayso"'
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = "5"
    return response
