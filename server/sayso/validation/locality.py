"""Say of which shapes and files it is known that a file can be checked without all the others.

What sayso's own shapes look at is known by tests. Other people's are known to stay near where
they look only at the values of a node's own properties, and at the classes of these.
"""

import pyoxigraph as ox

from sayso.paths import HOME, DataFolder
from sayso.store.files import Source, base_iri
from sayso.validation.material import Material, read_checked
from sayso.validation.naming import Home
from sayso.validation.parts import Layout
from sayso.vocabularies import VOCABULARIES

_SH = VOCABULARIES["sh"]
_FAR = {"sparql", "target", "targetNode", "targetObjectsOf", "node", "js", "rule", "values"}
Said = set[tuple[object, str | None]]


def are_local(shapes: Material) -> bool:
    """Say whether shapes look no further than at what their target's values are."""
    return all(
        source.path.parent == HOME / "shapes" or _is_near(quads)
        for source, quads in shapes.quads.items()
    )


def _is_near(quads: list[ox.Quad]) -> bool:
    said: Said = {(quad.subject, _local(quad)) for quad in quads}
    paths = [quad for quad in quads if _local(quad) == "path"]
    along = {quad.subject for quad in paths}
    inner = [quad for quad in quads if quad.object in along]
    return (
        not any(name in _FAR for _, name in said)
        and all(isinstance(quad.object, ox.NamedNode) for quad in paths)
        # A path behind a path leads further, and so may one that is a condition of something.
        and all(_local(quad) == "property" and _is_plain(quad.subject, said) for quad in inner)
        and not any(quad.predicate.value == VOCABULARIES["owl"] + "imports" for quad in quads)
    )


def _is_plain(shape: object, said: Said) -> bool:
    return isinstance(shape, ox.NamedNode) and (shape, "path") not in said


def _local(quad: ox.Quad) -> str | None:
    name = quad.predicate.value
    return name.removeprefix(_SH) if name.startswith(_SH) else None


def laid_out(folder: DataFolder, sources: list[Source]) -> Layout | None:
    """Tell what each file of a folder is; None where some file is none of the folder's own."""
    graphs = {source.graph for source in sources}
    by_path = {source.path: source for source in sources}
    words = [by_path[path] for path in folder.ontology() if path in by_path]
    shared = [by_path[path] for path in folder.shared() if path in by_path]
    articles = folder.articles.resolve()
    known = {*words, *shared}
    records = [source for source in sources if source not in known]
    base = base_iri(folder)
    rooms = {source.path.parent for source in records}
    inside = all(room.resolve() == articles for room in rooms) and all(
        source.graph.startswith(f"{base}article/") for source in records
    )
    if not inside or len(graphs) < len(sources) or not shared:
        return None
    described = frozenset(
        quad.subject.value
        for source in words
        for quad in read_checked(source)
        if isinstance(quad.subject, ox.NamedNode)
    )
    home = Home(f"{base}article/", described)
    return Layout(tuple(words), tuple(shared), tuple(records), home, base, articles)
