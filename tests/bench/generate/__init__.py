"""Make claim graphs of any size: the same plan gives the same bytes on every machine.

Articles come in stories of eight: an original, wire copies, a reprint, a rival, a denial
and a round-up, so that statements and entities are shared and chains run across articles.
Article 12 is the same whether 20 or 20,000 are made. All names are numbers on the
characters of a trial for stolen tarts; there is no article text, only the hashes of words
that mean nothing.
"""

from bench.generate.folder import generated, write_folder, write_nquads
from bench.generate.plan import Plan

__all__ = ["Plan", "generated", "write_folder", "write_nquads"]
