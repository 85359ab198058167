"""Measure how long the server's pages take, on a graph of any size."""

from bench.pages.measuring import LIMIT, Kind, Measured, measured, sampled

__all__ = ["LIMIT", "Kind", "Measured", "measured", "sampled"]
