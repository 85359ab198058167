"""Answer every IRI of the graph with a page or its data."""
