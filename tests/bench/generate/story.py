"""Make what a story is about: its cast, and the statements that its articles quarrel over."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from bench.generate.plan import Chance, Plan
from bench.generate.terms import Entity, Period, Statement

SIZE = 8  # articles of one story
STATEMENTS = 28
FIRST_DAY = date(1865, 5, 4)

PEOPLE = ("witness", "juror", "gardener", "courtier", "hatter", "dormouse", "cook", "knave")
ORGANISATIONS = ("court", "guild", "kitchen")
PLACES = ("courtroom", "garden", "tea-table", "burrow")
EVENTS = ("theft-of-tarts", "trial", "tea-party", "croquet-match")
GROUPS = ("jury", "pack-of-cards")
WORKS = ("letter", "set-of-verses", "notebook")
WORDS = ("curious", "nonsense", "unimportant", "important", "a regular rule", "worth little")

# Which predicates lead from what to what; the rooms are those of the entities.
VERBS = (
    ("person", "associateOf", "person"),
    ("person", "consulted", "person"),
    ("person", "knewOf", "event"),
    ("person", "hadRoleIn", "event"),
    ("person", "ordered", "event"),
    ("person", "affiliatedWith", "org"),
    ("person", "hadHideoutIn", "place"),
    ("person", "helped", "group"),
    ("person", "custodialStatus", "words"),
    ("org", "investigates", "event"),
    ("org", "operatesIn", "place"),
    ("org", "characterisedAs", "words"),
    ("group", "size", "number"),
    ("work", "containsEvidenceOf", "event"),
)


@dataclass(frozen=True)
class Story:
    """A story by its number; everything else follows from that and the plan."""

    plan: Plan
    number: int

    @property
    def first_day(self) -> date:
        """The day of its first article."""
        return FIRST_DAY + timedelta(days=self.number)

    @cached_property
    def cast(self) -> dict[str, list[Entity]]:
        """Who and what it is about, by room; low numbers turn up in many stories."""
        chance = Chance(self.plan.seed, "cast", self.number)
        kinds = {
            "person": (PEOPLE, 7, 12 + self.number),
            "org": (ORGANISATIONS, 3, 6 + self.number // 4),
            "place": (PLACES, 3, 6 + self.number // 4),
            "event": (EVENTS, 3, 6 + self.number // 2),
            "group": (GROUPS, 2, 4 + self.number // 8),
            "work": (WORKS, 2, 4 + self.number // 2),
        }
        return {
            room: _distinct(chance, room, names, count, pool)
            for room, (names, count, pool) in kinds.items()
        }

    @cached_property
    def statements(self) -> list[Statement]:
        """What its articles claim and deny."""
        chance = Chance(self.plan.seed, "statements", self.number)
        found: dict[str, Statement] = {}
        while len(found) < STATEMENTS:
            statement = self._statement(chance)
            found[statement.local] = statement
        return list(found.values())

    def _statement(self, chance: Chance) -> Statement:
        left, verb, right = chance.of(VERBS)
        subject = chance.of(self.cast[left])
        if right == "words":
            thing: Entity | int | str = chance.of(WORDS)
        elif right == "number":
            thing = 12 + chance.below(40)
        else:
            thing = chance.of([each for each in self.cast[right] if each != subject])
        when = self._period(chance) if chance.yes(0.4) else None
        where = chance.of(self.cast["place"]) if chance.yes(0.2) else None
        return Statement(self.plan.base, subject, verb, thing, when, where)

    def _period(self, chance: Chance) -> Period:
        end = self.first_day - timedelta(days=3 + chance.below(60))
        start = end - timedelta(days=1 + chance.below(20))
        kinds = (f"{end}", f"{end:%Y-%m}", f"{start}/{end}", f"../{end}")
        return Period(chance.of(kinds))


def _distinct(
    chance: Chance, room: str, names: tuple[str, ...], count: int, pool: int
) -> list[Entity]:
    found: dict[Entity, None] = {}
    while len(found) < count:
        found[Entity(room, f"{chance.of(names)}-{chance.low(pool)}")] = None
    return list(found)
