"""Offer the pages what the store knows of JSON-LD."""

from sayso.store.jsonld import compacted, context

__all__ = ["compacted", "context"]
