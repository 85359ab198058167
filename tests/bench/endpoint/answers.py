"""Hold the answers of all servers against each other before anything is measured."""

import json
from collections.abc import Iterable, Sequence
from http import HTTPStatus

import pyoxigraph as ox

from bench.endpoint.kinds import JSON, Kind
from bench.endpoint.servers import Running
from bench.harness import WrongAnswerError

TRIED = 3


def verify(servers: Sequence[Running], kind: Kind, tried: int = TRIED) -> list[int]:
    """Ask every server some variants; return the rows of each; raise where two do not agree."""
    counts = []
    for variant in range(1 if kind.any_rows else min(tried, len(kind.queries))):
        answers = [rows(server, kind, variant) for server in servers]
        for server, answer in zip(servers, answers, strict=True):
            if answer != answers[0]:
                message = (
                    f"{kind.name}: {server.name} and {servers[0].name} differ, for example in"
                    f" {sorted(set(answer) ^ set(answers[0]))[:3]}:\n{kind.queries[variant]}"
                )
                raise WrongAnswerError(message)
        counts.append(int(answers[0][0]) if kind.any_rows else len(answers[0]))
    return counts


def rows(server: Running, kind: Kind, variant: int) -> list[str]:
    """Ask once; return the rows or triples, sorted, or their number where any will do.

    Raise WrongAnswerError, ValueError or SyntaxError unless the answer is whole.
    """
    target = kind.targets(server.contestant.path)[variant]
    status, body = server.get(target, kind.accept)
    if status != HTTPStatus.OK:
        message = f"{server.name}: {status} to {kind.name}: {body[:500]!r}"
        raise WrongAnswerError(message)
    if kind.any_rows:
        return [str(len(json.loads(body)["results"]["bindings"]))]
    return parsed(body, kind.accept)


def parsed(body: bytes, accept: str) -> list[str]:
    """Read an answer into sorted rows; raise ValueError or SyntaxError where it is broken."""
    if accept == JSON:
        found = json.loads(body)["results"]["bindings"]
        return sorted(json.dumps(_row(row), sort_keys=True) for row in found)
    # rdflib writes +00:00 for the Z of a time in UTC.
    triples = {str(triple).replace("+00:00", "Z") for triple in _triples(body)}
    return sorted(triples)


def _triples(body: bytes) -> Iterable[ox.Quad]:
    return ox.parse(body, format=ox.RdfFormat.TURTLE)


def _row(row: dict[str, dict[str, str]]) -> dict[str, str]:
    """Keep the values: how a plain string's or a number's datatype is given differs."""
    return {name: term["value"] for name, term in row.items()}
