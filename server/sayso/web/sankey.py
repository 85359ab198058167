"""Lay out a picture of flows: bars on two sides and ribbons between them, as a Sankey diagram."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_BAR = 12  # the width of a bar
_HEIGHT = 460  # of all bars of one side together, without what is between them
_PITCH = 22  # at least, from one bar to the next, so that each has room for a line of words
_GAP = 8
_LEAST = 1.5  # what can still be seen

Pair = tuple[str, str]


@dataclass(frozen=True)
class Frame:
    """How wide a picture is, and where its ribbons begin and end.

    Words stand outside of the bars where there is room for them, else ``inside``, on the
    ribbons, with so many letters on each side.
    """

    width: float
    left: float
    right: float
    letters: tuple[int, int]
    inside: bool = False


WIDE = Frame(960, 430, 660, (53, 34))
NARROW = Frame(330, 12, 318, (20, 20), inside=True)


@dataclass(frozen=True)
class Bar:
    """One node: its key and its rectangle."""

    key: str
    x: float
    y: float
    height: float
    width: float = _BAR

    @property
    def middle(self) -> float:
        """The height at which its words stand."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Ribbon:
    """One flow: its two keys and the path of its area, in SVG's notation."""

    left: str
    right: str
    path: str


@dataclass(frozen=True)
class Picture:
    """The bars of both sides and the ribbons, in the units of a view box."""

    left: list[Bar]
    right: list[Bar]
    ribbons: list[Ribbon]
    height: float
    frame: Frame


def drawn(
    flows: Mapping[Pair, int], left: Sequence[str], right: Sequence[str], frame: Frame = WIDE
) -> Picture:
    """Lay out some flows, each side from the top in the order given."""
    scale = _HEIGHT / max(sum(flows.values()), 1)
    sums: dict[str, dict[str, int]] = {"left": defaultdict(int), "right": defaultdict(int)}
    for (one, other), number in flows.items():
        sums["left"][one] += number
        sums["right"][other] += number
    bars_left = _column(left, sums["left"], scale, frame.left - _BAR)
    bars_right = _column(right, sums["right"], scale, frame.right)
    height = max((_bottom(bars) for bars in (bars_left, bars_right)), default=0)
    bars_left, bars_right = _centred(bars_left, height), _centred(bars_right, height)
    ribbons = _ribbons(flows, bars_left, bars_right, scale, frame)
    return Picture(bars_left, bars_right, ribbons, height, frame)


def _column(keys: Sequence[str], sums: Mapping[str, int], scale: float, x: float) -> list[Bar]:
    found: list[Bar] = []
    y = _GAP / 2
    for key in keys:
        height = max(sums[key] * scale, _LEAST)
        room = max(height + _GAP, _PITCH)
        found.append(Bar(key, x, y + (room - _GAP - height) / 2, height))
        y += room
    return found


def _bottom(bars: Sequence[Bar]) -> float:
    return max((bar.y + max(bar.height, _PITCH - _GAP) + _GAP for bar in bars), default=0)


def _centred(bars: Sequence[Bar], height: float) -> list[Bar]:
    down = (height - _bottom(bars)) / 2
    return [Bar(bar.key, bar.x, bar.y + down, bar.height) for bar in bars]


def _ribbons(
    flows: Mapping[Pair, int],
    left: Sequence[Bar],
    right: Sequence[Bar],
    scale: float,
    frame: Frame,
) -> list[Ribbon]:
    """Stack the ribbons at each bar in the order of the bars across, so that few cross."""
    from_, to = {bar.key: bar.y for bar in left}, {bar.key: bar.y for bar in right}
    begins: dict[Pair, float] = {}
    ends: dict[Pair, float] = {}
    for pair in ((one.key, other.key) for one in left for other in right):
        begins[pair] = from_[pair[0]]
        ends[pair] = to[pair[1]]
        from_[pair[0]] += flows.get(pair, 0) * scale
        to[pair[1]] += flows.get(pair, 0) * scale
    return [
        Ribbon(*pair, _path(begins[pair], ends[pair], max(flows[pair] * scale, _LEAST), frame))
        for pair in begins
        if flows.get(pair)
    ]


def _path(from_: float, to: float, width: float, frame: Frame) -> str:
    """Write the area between two curves, from the right rim of a bar to the left of another."""
    left, right, bend = frame.left, frame.right, (frame.left + frame.right) / 2
    return (
        f"M{left} {from_:.1f}C{bend:.0f} {from_:.1f} {bend:.0f} {to:.1f} {right} {to:.1f}"
        f"v{width:.1f}C{bend:.0f} {to + width:.1f} {bend:.0f} {from_ + width:.1f}"
        f" {left} {from_ + width:.1f}z"
    )
