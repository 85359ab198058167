"""Hold one article: its claims, its text, and the links to what it retells."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from bench.generate.plan import Chance, Plan
from bench.generate.pseudotext import PseudoText
from bench.generate.story import SIZE, Story
from bench.generate.terms import Claim, Entity, Source, Statement

Link = tuple[str, int, str, int]


@dataclass
class Article:
    """An article and its claims; ``tops`` are those that later articles may retell."""

    plan: Plan
    number: int
    story: Story
    claims: list[Claim] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    tops: list[tuple[int, Statement]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    text: PseudoText = field(default_factory=lambda: PseudoText("", (), ()))

    @property
    def place(self) -> int:
        """Which article of its story this is."""
        return self.number % SIZE

    @property
    def day(self) -> date:
        """The day on which it appeared."""
        return self.story.first_day + timedelta(days=self.place // 2)

    @property
    def paper(self) -> Entity:
        """Who published it."""
        chance = Chance(self.plan.seed, "paper", self.number)
        kind = "wire-service" if self.place == 0 else "gazette"
        return Entity("org", f"{kind}-{chance.low(8 + self.number // 16)}")

    @property
    def slug(self) -> str:
        """The name of its record, its file and its work."""
        return f"{self.paper.slug}-{self.day}-article-{self.number}"

    @property
    def work(self) -> Entity:
        """The article as a work."""
        return Entity("work", self.slug)
