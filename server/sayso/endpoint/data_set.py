"""Choose the data set that a query is asked of."""

from collections.abc import Mapping
from typing import NamedTuple

import pyoxigraph as ox
from rdflib.plugins.sparql import prepareQuery

from sayso.endpoint.protocol import Query
from sayso.endpoint.query_text import from_several
from sayso.errors import QueryFailed
from sayso.store import RdfStore
from sayso.store.union import merged


class DataSet(NamedTuple):
    """A store, and which of its graphs are the default graph and the named ones.

    Where none are told, they are the store's own.
    """

    store: ox.Store
    default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None = None
    named: list[ox.NamedNode | ox.BlankNode] | None = None


def choose_data_set(query: Query, data: RdfStore) -> DataSet:
    """Choose the request's, else the query's own, else all (Protocol, 2.1.4).

    Raise QueryFailed where several FROM clauses cannot be read.
    """
    default, named = query.default_graphs, query.named_graphs
    if not default and not named:
        default, named = _own_graphs(query.text, data.prefixes)
    if not default and not named:
        return DataSet(data.asked(query.text))
    first = [ox.NamedNode(iri) for iri in default]
    second = [ox.NamedNode(iri) for iri in named]
    if len(first) > 1:
        return DataSet(merged(data.engine, first, second), [ox.DefaultGraph()], [*second])
    return DataSet(data.engine, [*first], [*second])


def _own_graphs(text: str, prefixes: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read several FROM clauses: the engine repeats a triple that stands in two of them.

    It reads none and a single one rightly, and these are left to it.
    """
    if not from_several(text):
        return (), ()
    try:
        clauses = prepareQuery(text, initNs=dict(prefixes)).algebra.datasetClause or ()
    except Exception as error:
        raise QueryFailed(reason="name its graphs by default-graph-uri") from error
    return (
        tuple(str(clause.default) for clause in clauses if clause.default),
        tuple(str(clause.named) for clause in clauses if clause.named),
    )
