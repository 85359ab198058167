"""Run the W3C's query tests over HTTP, where a copy is at hand: the project holds none."""
