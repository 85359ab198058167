"""Keep the connections that a worker has served, so that it need not fetch them again."""

import select
import socket
from dataclasses import dataclass

_MOST = 64


@dataclass(frozen=True)
class Client:
    """A connection under its number; ``address`` is who sends."""

    number: int
    socket: socket.socket
    descriptor: int
    address: str


class Clients:
    """The connections that a worker knows, by their numbers, the longest known first.

    What is kept here keeps no client waiting: the front shuts a connection down when it closes it.
    """

    def __init__(self) -> None:
        self._known: dict[int, Client] = {}
        self.get = self._known.get

    def add(self, number: int, descriptor: int) -> Client:
        """Keep one more, and forget one where there are too many; raise OSError if it is gone."""
        connection = socket.socket(fileno=descriptor)
        try:
            address = str(connection.getpeername()[0])
        except OSError:
            address = ""  # it has left already
        if number in self._known:
            self.forget(self._known[number])
        elif len(self._known) >= _MOST:
            self.forget_closed()
            if len(self._known) >= _MOST:
                self.forget(next(iter(self._known.values())))
        client = Client(number, connection, descriptor, address)
        self._known[number] = client
        return client

    def forget(self, client: Client) -> None:
        """Close a connection here; the front has it still."""
        self._known.pop(client.number, None)
        client.socket.close()

    def forget_closed(self) -> None:
        """Forget what the front has closed."""
        by = {client.descriptor: client for client in self._known.values()}
        watch = select.poll()
        for descriptor in by:
            watch.register(descriptor, select.POLLRDHUP)
        for descriptor, _ in watch.poll(0):
            self.forget(by[descriptor])
