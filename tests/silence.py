"""Listen where nobody may call."""

import socket
import threading
from types import TracebackType
from typing import Self


class Silent:
    """A server on this machine that counts who calls, and hangs up on them.

    ``calls`` is what was heard until the block ended.
    """

    def __init__(self) -> None:
        self.calls = 0
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=100)
        self.place = f"127.0.0.1:{self.socket.getsockname()[1]}/"
        self.address = f"http://{self.place}"
        self._thread = threading.Thread(target=self._listen)

    def _listen(self) -> None:
        while True:
            connection, _ = self.socket.accept()
            with connection:
                if connection.recv(16).startswith(b"end"):
                    return
                self.calls += 1

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: object, trace: TracebackType | None
    ) -> None:
        """Stop listening, unless that is done."""
        if self._thread.is_alive():
            self.heard()
        self.socket.close()

    def heard(self) -> int:
        """Call for the last time, behind all that came before; return how many called."""
        with socket.create_connection(self.socket.getsockname()) as last:
            last.sendall(b"end")
            self._thread.join()
        return self.calls
