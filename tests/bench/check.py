"""Check a whole graph: `sayso check`, and the command of pySHACL with the same shapes and data.

sayso reads more than the peer here: it also parses and judges what shapes cannot express. Its
cache is left out. ``python -m bench.checking`` shows the curve over generated graphs.
"""

import sys

from rdflib import Graph

from bench.harness import Comparison, Contestant, Setting, program, timed
from sayso.paths import DataFolder


def compare(setting: Setting) -> Comparison:
    """Measure until the verdict is printed; both must find that the graph conforms."""
    shapes = setting.work / "shapes.ttl"
    data = setting.work / "data.ttl"
    _merge(setting.folder).serialize(data)
    graph = Graph()
    for path in setting.folder.shapes():
        graph.parse(path)
    graph.serialize(shapes)
    ours = [sys.executable, "-m", "sayso", "check", "--no-cache"]
    ours += ["--data", str(setting.folder.root)]
    theirs = [program("pyshacl"), "--allow-warnings", "--shacl", str(shapes), str(data)]
    return Comparison(
        "check the graph",
        Contestant("sayso check", lambda: timed(ours, lambda _: True)),
        Contestant("pyshacl", lambda: timed(theirs, lambda out: "Conforms: True" in out)),
    )


def _merge(folder: DataFolder) -> Graph:
    graph = Graph()
    for path in folder.files():
        graph.parse(path)
    return graph
