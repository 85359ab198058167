"""Turn the files of a data folder into quads, and those into a store that answers queries."""

from sayso.store.load import ClaimStore, load

__all__ = ["ClaimStore", "load"]
