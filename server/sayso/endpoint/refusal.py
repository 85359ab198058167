"""Write the answer that refuses a request, as bytes: the front has no framework at hand."""

import json
from http import HTTPStatus

RETRY = 5  # seconds; what a client is told to wait


def refusal(
    status: HTTPStatus, detail: str, *, head_only: bool = False, retry: bool = False
) -> bytes:
    """Write a whole answer in application/problem+json (RFC 9457) that ends its connection."""
    told = {"title": status.phrase, "status": status.value, "detail": detail}
    body = json.dumps(told).encode() + b"\n"
    lines = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        "Content-Type: application/problem+json",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        "Access-Control-Allow-Origin: *",
        "X-Content-Type-Options: nosniff",
        "Connection: close",
        *([f"Retry-After: {RETRY}"] if retry else []),
    ]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + (b"" if head_only else body)
