"""Make ordinary requests of many sorts, each with the answer that the engine itself gives."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from http.client import HTTPConnection, HTTPException
from io import StringIO
from urllib.parse import urlencode

import pyoxigraph as ox

from bench.endpoint.kinds import JSON, Kind
from bench.generate.plan import Chance
from sayso.store import ClaimStore

CSV = "text/csv"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
Rows = tuple[tuple[str, ...], ...]


@dataclass
class Ordinary:
    """A request and its right rows, each a tuple of lexical forms, sorted.

    ``known`` are the hashes of bodies that were read once and found right.
    """

    method: str
    query: str
    accept: str
    content_type: str | None
    expected: Rows
    known: set[bytes] = field(default_factory=set)

    def ask(self, connection: HTTPConnection) -> str | None:
        """Ask; return what is wrong with the answer, or None."""
        try:
            status, body = self._sent(connection)
        except (OSError, HTTPException) as error:
            connection.close()
            return f"broken: {error!r}"
        if status != 200:
            return f"status {status}: {body[:200]!r}"
        content = sha256(body).digest()
        if content in self.known:
            return None
        try:
            right = self._rows(body) == self.expected
        except (ValueError, KeyError, SyntaxError) as error:
            return f"unreadable: {error!r}"
        if not right:
            return "wrong rows"
        self.known.add(content)
        return None

    def _sent(self, connection: HTTPConnection) -> tuple[int, bytes]:
        headers, path, body = {"Accept": self.accept}, "/sparql", None
        if self.content_type == DIRECT:
            body = self.query.encode()
        elif self.content_type == FORM:
            body = urlencode({"query": self.query}).encode()
        else:
            path += "?" + urlencode({"query": self.query})
        if self.content_type:
            headers["Content-Type"] = self.content_type
        connection.request(self.method, path, body, headers)
        response = connection.getresponse()
        return response.status, response.read()

    def _rows(self, body: bytes) -> Rows:
        if self.accept == JSON:
            read = json.loads(body)
            names = read["head"]["vars"]
            found = [
                tuple(row[name]["value"] if name in row else "" for name in names)
                for row in read["results"]["bindings"]
            ]
        elif self.accept == CSV:
            found = [tuple(row) for row in csv.reader(StringIO(body.decode(), newline=""))][1:]
        else:
            found = [_triple(quad) for quad in ox.parse(body, format=ox.RdfFormat.TURTLE)]
        return tuple(sorted(set(found)))


def ordinary(claims: ClaimStore, kinds: Sequence[Kind]) -> list[Ordinary]:
    """Make requests of all kinds, methods and formats, and work out the answers in this process."""
    found: list[Ordinary] = []
    for kind in kinds:
        for turn, query in enumerate(kind.queries):
            chance = Chance("ordinary", kind.name, turn)
            accept = chance.of((JSON, CSV)) if kind.accept == JSON else kind.accept
            content_type = chance.of((None, None, FORM, DIRECT))
            method = "POST" if content_type else "GET"
            found.append(Ordinary(method, query, accept, content_type, _right(claims, query)))
    return found


def _right(claims: ClaimStore, query: str) -> Rows:
    results = claims.queryable.query(query)
    if isinstance(results, ox.QueryTriples):
        return tuple(sorted({_triple(triple) for triple in results}))
    if not isinstance(results, ox.QuerySolutions):
        message = f"neither rows nor triples: {query}"
        raise TypeError(message)
    return tuple(sorted({tuple(_value(term) for term in row) for row in results}))


def _triple(triple: ox.Triple | ox.Quad) -> tuple[str, ...]:
    return tuple(_value(term) for term in (triple.subject, triple.predicate, triple.object))


def _value(term: object) -> str:
    return str(getattr(term, "value", "" if term is None else term))
