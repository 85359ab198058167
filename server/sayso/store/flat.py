"""Load the union of all graphs into a store that holds nothing else, on another core."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Self

import pyoxigraph as ox

from sayso.store.implied import Rules, implied

_BLANK = "ASK { ?s ?p ?o FILTER(isBlank(?s) || isBlank(?o)) }"


@dataclass
class Flat:
    """A store in the making; the engine does its work one after the other, beside this thread."""

    _aside: ThreadPoolExecutor
    _store: ox.Store = field(default_factory=ox.Store)
    _begun: list[Future[None]] = field(default_factory=list)

    @classmethod
    @contextmanager
    def beside(cls) -> Iterator[Self]:
        """Begin; all of it is there at the end, unless something is raised before."""
        with ThreadPoolExecutor(1) as aside:
            made = cls(aside)
            try:
                yield made
            except BaseException:
                aside.shutdown(cancel_futures=True)
                raise
            for each in made._begun:
                each.result()

    def add(self, turtle: bytes, base: str) -> None:
        """Add what a file says."""
        self._begun.append(self._aside.submit(self._load, turtle, ox.RdfFormat.TURTLE, base))

    def add_implied(self, store: ox.Store, rules: Rules) -> None:
        """Add what the graphs of another store imply."""
        self._begun.append(self._aside.submit(self._imply, store, rules))

    def without_blank_nodes(self) -> ox.Store | None:
        """Return the store; None where it has blank nodes, which have other names elsewhere."""
        return None if self._store.query(_BLANK) else self._store

    def _load(self, content: bytes, form: ox.RdfFormat, base: str | None = None) -> None:
        self._store.bulk_load(content, format=form, base_iri=base)

    def _imply(self, store: ox.Store, rules: Rules) -> None:
        self._load(implied(store, rules), ox.RdfFormat.N_TRIPLES)
