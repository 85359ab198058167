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
    _blank: Future[bool] = field(default_factory=Future)

    @classmethod
    @contextmanager
    def beside(cls) -> Iterator[Self]:
        """Begin; what is raised meanwhile ends it."""
        with ThreadPoolExecutor(1) as aside:
            try:
                yield cls(aside)
            except BaseException:
                aside.shutdown(cancel_futures=True)
                raise

    def add(self, turtle: bytes, base: str) -> None:
        """Add what a file says."""
        self._begun.append(self._aside.submit(self._load, turtle, ox.RdfFormat.TURTLE, base))

    def add_implied(self, store: ox.Store, rules: Rules) -> None:
        """Add what the graphs of another store imply; what comes after has no blank nodes."""
        self._begun.append(self._aside.submit(self._imply, store, rules))
        self._blank = self._aside.submit(lambda: bool(self._store.query(_BLANK)))

    def without_blank_nodes(self) -> ox.Store | None:
        """Return the store, once it is whole; None where blank nodes are in it.

        These have other names elsewhere.
        """
        for each in self._begun:
            each.result()
        return None if self._blank.result() else self._store

    def _load(self, content: bytes, form: ox.RdfFormat, base: str | None = None) -> None:
        self._store.bulk_load(content, format=form, base_iri=base)

    def _imply(self, store: ox.Store, rules: Rules) -> None:
        self._load(implied(store, rules), ox.RdfFormat.N_TRIPLES)
