"""Walk through the network of claims: upward to who passes on, downward to who is passed on.

A walk never enters a claim that was withdrawn. Circles, in which claims come to rest on
themselves, are found by a graph library, which is loaded only where there is one.
"""

from collections.abc import Callable, Collection, Iterable

from sayso.analysis.network import Network

Step = Callable[[str], Collection[str]]
Circles = dict[str, frozenset[str]]


def reach(starts: Iterable[str], step: Step, without: Collection[str] = ()) -> set[str]:
    """Find what is reached from some claims, themselves among it, without entering others."""
    waiting = [start for start in starts if start not in without]
    found = set(waiting)
    while waiting:
        for there in step(waiting.pop()):
            if there not in found and there not in without:
                found.add(there)
                waiting.append(there)
    return found


def is_end(network: Network, iri: str) -> bool:
    """Say whether a claim relays nothing that the graph knows, withdrawn or not."""
    return not network.inner(iri)


def is_top(network: Network, circles: Circles, iri: str) -> bool:
    """Say whether a chain begins here: with what an article says that has a record.

    No claim of the same record relays it. That another article retells it takes nothing away.
    A circle that nothing leads into begins with each of its claims.
    """
    outer = _outer_here(network, iri)
    circle = circles.get(iri)
    if circle is None or not outer:
        return not outer
    leading = [_outer_here(network, each) for each in circle]
    return all(leading) and all(circle.issuperset(each) for each in leading)


def _outer_here(network: Network, iri: str) -> list[str]:
    says, record = network.says, network.says[iri].record
    return [outer for outer in network.outer(iri) if says[outer].record == record]


def circles(network: Network, among: Collection[str] | None = None) -> Circles:
    """Find the circle of each claim that comes to rest on itself, among all or some claims."""
    core = _core(network, network.says if among is None else among)
    found: Circles = {}
    if not core:
        return found
    import networkx as nx  # noqa: PLC0415 - most graphs have no circle, and loading it takes long

    graph = nx.DiGraph(
        (iri, inner) for iri in core for inner in network.inner(iri) if inner in core
    )
    for component in nx.strongly_connected_components(graph):
        one = next(iter(component))
        if len(component) > 1 or graph.has_edge(one, one):
            found |= dict.fromkeys(component, frozenset(component))
    return found


def _core(network: Network, among: Collection[str]) -> set[str]:
    """Take away, again and again, what relays nothing that is left: circles stay."""
    left = {iri: len(inner) for iri in among if (inner := network.inner(iri))}
    waiting = [iri for iri in among if iri not in left]
    while waiting:
        for outer in network.outer(waiting.pop()):
            if outer in left:
                left[outer] -= 1
                if not left[outer]:
                    del left[outer]
                    waiting.append(outer)
    return set(left)
