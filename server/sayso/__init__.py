"""sayso: the claims that news articles make, as linked data."""

from importlib.metadata import version

__version__ = version("sayso")
