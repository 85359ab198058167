"""Turn the files of a data folder into quads, and those into a store that answers queries."""

from sayso.store.data import ClaimStore, RdfStore
from sayso.store.load import load

__all__ = ["ClaimStore", "RdfStore", "load"]
