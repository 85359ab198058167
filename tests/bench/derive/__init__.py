"""Measure what deriving costs: all of it, and again after one article has changed."""
