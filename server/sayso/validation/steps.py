"""Know which predicates a property path follows, and which way."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import pyoxigraph as ox

from sayso.validation.script import key
from sayso.vocabularies import VOCABULARIES

_NIL = VOCABULARIES["rdf"] + "nil"
_INVERSE = VOCABULARIES["sh"] + "inversePath"


class Steps(NamedTuple):
    """The predicates that a property path follows, and those that it follows backwards."""

    there: frozenset[str]
    back: frozenset[str]

    @classmethod
    def of(cls, path: str, triples: Iterable[ox.Triple]) -> "Steps":
        """Read the path of a label (SHACL, section 2.3.1) from triples that describe it."""
        told = defaultdict(list)
        for triple in triples:
            told[key(triple.subject)].append((triple.predicate.value, key(triple.object)))
        there: set[str] = set()
        back: set[str] = set()
        seen: set[str] = set()
        waiting = [(path, False)]
        while waiting:
            node, inverse = waiting.pop()
            if node in told and node not in seen:
                seen.add(node)
                waiting += [(below, inverse ^ (p == _INVERSE)) for p, below in told[node]]
            elif node not in told and node != _NIL:
                (back if inverse else there).add(node)
        return cls(frozenset(there), frozenset(back))
