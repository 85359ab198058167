"""Hold the header fields that every answer bears."""

from urllib.parse import quote

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self';"
        " frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}
VARY = "Accept, Accept-Encoding"
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Encoding, ETag, Link, Location, Sayso-Row-Limit",
    "Vary": VARY,
    **SECURITY,
}
_KEPT = "/:@!$&'()*+,;=~-._%"


def in_path(text: str) -> str:
    """Quote what cannot stand in the path of an address (RFC 3986, section 3.3); % is left."""
    return quote(text, safe=_KEPT)


def preflight(methods: tuple[str, ...]) -> dict[str, str]:
    """Tell a browser what scripts of other sites may send (Fetch standard, section 3.2)."""
    offered = ", ".join(methods)
    return {
        "Allow": offered,
        "Access-Control-Allow-Methods": offered,
        "Access-Control-Allow-Headers": (
            "Accept, Authorization, Content-Type, If-Match, If-None-Match"
        ),
        "Access-Control-Max-Age": "86400",
    }
