"""Answer as another SPARQL endpoint would, or lead elsewhere."""

import gc
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import TracebackType
from typing import Self

_ROWS = {
    "head": {"vars": ["s"]},
    "results": {"bindings": [{"s": {"type": "literal", "value": "said"}}]},
}


class Speaking:
    """An endpoint on this machine that answers each query with one row, or by a redirection.

    While its thread runs nothing is collected: the engine's rows, which the tracebacks of refused
    queries hold in circles, may be dropped by the thread that asked for them alone.
    """

    def __init__(self, status: int = 200, elsewhere: str = "") -> None:
        self.calls = 0
        speaking = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                """Answer a query."""
                speaking.calls += 1
                self.rfile.read(int(self.headers["Content-Length"]))
                body = json.dumps(_ROWS).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/sparql-results+json")
                self.send_header("Content-Length", str(len(body)))
                if elsewhere:
                    self.send_header("Location", elsewhere)
                self.end_headers()
                self.wfile.write(body)

            def do_GET(self) -> None:
                """Count who was led here."""
                speaking.calls += 1
                self.send_error(404)

            def log_message(self, format: str, *_: object) -> None:  # noqa: A002 - its base's name
                """Write no log."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}/sparql"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> Self:
        gc.collect()
        gc.disable()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: object, trace: TracebackType | None
    ) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        gc.enable()
