"""Choose what the overview shows of the flows: the widest by name, and the others together."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from sayso.analysis.flows import Flow
from sayso.web.facts import Facts
from sayso.web.sankey import NARROW, WIDE, Pair, Picture, drawn

USUAL, MOST = 12, 36  # works, and ends, that are drawn by name
_OTHERS = ""  # the key of all that are not drawn by name


@dataclass(frozen=True)
class Asked:
    """What a reader asks for: a work, one at the ends, both or neither, and how many to name."""

    work: str = ""
    end: str = ""
    most: int = USUAL

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Asked":
        """Read the fields of an address; what is no number is the usual one."""
        most = given.get("most", "")
        number = int(most) if most.isascii() and most.isdigit() else USUAL
        return cls(given.get("work", ""), given.get("end", ""), min(max(number, 1), MOST))

    @property
    def address(self) -> str:
        """The address that asks for this."""
        most = str(self.most) if self.most != USUAL else ""
        named = {"work": self.work, "end": self.end, "most": most}
        found = {name: value for name, value in named.items() if value}
        return "/overview" + ("?" + urlencode(found) if found else "")

    @property
    def further(self) -> "Asked":
        """The same with more drawn by name, up to what can be drawn."""
        return replace(self, most=min(self.most * 2, MOST))

    def without(self, name: str) -> str:
        """Return the address without the work or the end."""
        return replace(
            self, work="" if name == "work" else self.work, end="" if name == "end" else self.end
        ).address

    def wants(self, flow: Flow) -> bool:
        """Say whether a flow is among what is asked for."""
        return self.work in {"", flow.work} and self.end in {"", flow.end}


@dataclass(frozen=True)
class Node:
    """A bar of the picture: its key and words, how many claims, and where it leads."""

    key: str
    label: str
    count: int
    href: str
    unnamed: bool = False


@dataclass(frozen=True)
class Row:
    """A ribbon, as picture and table tell it.

    Its kind is ``own`` where the claims are said in the work itself, else ``named`` or
    ``unnamed`` after those at the ends.
    """

    work: Node
    end: Node
    count: int
    kind: str
    href: str


@dataclass(frozen=True)
class Shown:
    """The flows that a page shows, each under its work and its end."""

    facts: Facts
    asked: Asked
    flows: list[Flow]

    @cached_property
    def works(self) -> dict[str, Node]:
        """The works by key, those with most claims first and the others together last."""
        found = self._ranked((flow.work, flow) for flow in self.flows)
        return self._nodes(found, "{} other works", lambda key: replace(self.asked, work=key))

    @cached_property
    def ends(self) -> dict[str, Node]:
        """Those at the ends, in the same way."""
        found = self._ranked((flow.end, flow) for flow in self.flows)
        nodes = self._nodes(found, "{} others", lambda key: replace(self.asked, end=key))
        unnamed = {flow.end for flow in self.flows if flow.unnamed}
        return {key: replace(node, unnamed=key in unnamed) for key, node in nodes.items()}

    @cached_property
    def rows(self) -> list[Row]:
        """The ribbons, the widest first."""
        grouped: dict[Pair, list[Flow]] = defaultdict(list)
        for flow in self.flows:
            work = flow.work if flow.work in self.works else _OTHERS
            end = flow.end if flow.end in self.ends else _OTHERS
            grouped[work, end].append(flow)
        made = [self._row(pair, listed) for pair, listed in grouped.items()]
        return sorted(made, key=lambda row: (-row.count, row.work.label, row.end.label))

    @cached_property
    def by_pair(self) -> dict[Pair, Row]:
        """The ribbons by the keys of both their bars."""
        return {(row.work.key, row.end.key): row for row in self.rows}

    @property
    def pictures(self) -> dict[str, Picture]:
        """The picture for wide windows and for narrow ones.

        What flows between nobody that is drawn by name is left out.
        """
        widths = {pair: row.count for pair, row in self.by_pair.items() if any(pair)}
        frames = {"wide": WIDE, "narrow": NARROW}
        works, ends = list(self.works), list(self.ends)
        return {name: drawn(widths, works, ends, frame) for name, frame in frames.items()}

    @property
    def hidden(self) -> int:
        """How many claims the picture leaves out, since neither bar has a name."""
        row = self.by_pair.get((_OTHERS, _OTHERS))
        return row.count if row else 0

    @property
    def more(self) -> str:
        """The address where more are drawn by name, if there are more and can be."""
        hidden = _OTHERS in self.works or _OTHERS in self.ends
        return self.asked.further.address if hidden and self.asked.most < MOST else ""

    @property
    def claims(self) -> list[str]:
        """The claims of the flows that are shown, each once."""
        return list(dict.fromkeys(claim for flow in self.flows for claim in flow.claims))

    def _ranked(self, found: Iterable[tuple[str, Flow]]) -> list[tuple[str, set[str]]]:
        claims: dict[str, set[str]] = defaultdict(set)
        for key, flow in found:
            claims[key].update(flow.claims)
        sizes = Counter({key: len(listed) for key, listed in claims.items()})
        return [(key, claims[key]) for key, _ in sorted(sizes.items(), key=lambda n: (-n[1], n[0]))]

    def _nodes(
        self, ranked: list[tuple[str, set[str]]], words: str, only: Callable[[str], Asked]
    ) -> dict[str, Node]:
        most = len(ranked) if len(ranked) <= self.asked.most + 1 else self.asked.most
        nodes = {
            key: Node(key, self.facts.label(key), len(claims), only(key).address)
            for key, claims in ranked[:most]
        }
        if rest := ranked[most:]:
            count = len(set().union(*(claims for _, claims in rest)))
            label = words.format(f"{len(rest):,}")
            nodes[_OTHERS] = Node(_OTHERS, label, count, self.asked.further.address)
        return nodes

    def _row(self, pair: Pair, listed: list[Flow]) -> Row:
        work, end = self.works[pair[0]], self.ends[pair[1]]
        named = replace(self.asked, work=pair[0] or self.asked.work, end=pair[1] or self.asked.end)
        href = named.address if all(pair) else self.asked.further.address
        return Row(work, end, sum(len(flow.claims) for flow in listed), _kind(listed), href)


def _kind(listed: list[Flow]) -> str:
    if all(flow.own for flow in listed):
        return "own"
    return "unnamed" if all(flow.unnamed for flow in listed) else "named"
