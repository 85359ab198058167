"""Serve a store that is written in a test, in this process and without a server."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from werkzeug.test import Client, TestResponse

from sayso.cli.serving_writable import Newest
from sayso.endpoint.writes_token import Token
from sayso.store import RdfStore
from sayso.store.changing import Changing
from sayso.store.disk import Note, build, note, opened
from writes import HOLDER, token_file

SPARQL, GRAPHS = "/sparql", "/rdf-graph-store"
UPDATE = "application/sparql-update"


@dataclass
class Place:
    """A store in a folder, which a client of its own changes and asks."""

    place: Path
    patience: float = 0.2

    @classmethod
    def of(cls, folder: Path, quads: Iterable[ox.Quad] = ()) -> "Place":
        """Make a store of quads."""

        def fill(store: ox.Store) -> Note:
            store.extend(quads)
            return Note("first", {"ex": "https://wonderland.example/"}, writable=True)

        build(folder / "store", fill)
        return cls(folder / "store")

    def __post_init__(self) -> None:
        token = Token.read(token_file(self.place.parent))
        self.store = Changing(self.place, self.patience)
        self.client = Client(Newest(self.store, token))

    def ask(self, method: str, path: str, body: str | bytes = "", **fields: str) -> TestResponse:
        """Send a request with the token; an underscore in a field's name is a hyphen."""
        named = {name.replace("_", "-"): value for name, value in fields.items()}
        return self.client.open(path, method=method, data=body, headers={**HOLDER, **named})

    def update(self, text: str, path: str = SPARQL, **fields: str) -> TestResponse:
        """Send an update."""
        return self.ask("POST", path, text.encode(), Content_Type=UPDATE, **fields)

    def says(self, pattern: str) -> bool:
        """Ask whether a pattern is found."""
        query = f"ASK {{ {pattern} }}"
        found = self.ask("POST", SPARQL, query, Content_Type="application/sparql-query")
        assert found.status_code == 200, found.text
        answer = found.get_json()["boolean"]
        assert isinstance(answer, bool)
        return answer

    def data(self) -> RdfStore:
        """Open what the folder holds, as a reader who comes now sees it."""
        return opened(self.place, note(self.place))

    def quads(self) -> set[str]:
        """List what the folder holds."""
        return {str(quad) for quad in self.data().queryable}
