"""Answer every IRI of the graph with a page or its data."""

from sayso.web.app import create_app

__all__ = ["create_app"]
