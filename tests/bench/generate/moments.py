"""Make the claims of one article: who says what through whom."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from bench.generate.article import Article
from bench.generate.plan import Chance, Plan
from bench.generate.pseudotext import pseudo_text
from bench.generate.story import SIZE, Story
from bench.generate.terms import Claim, Entity, Period, Source, Statement

AFFIRMING = ("asserts", "asserts", "alleges", "confirms", "opines", "recommends")
VERBS = {
    "asserts": "says that",
    "alleges": "accuses others and says that",
    "confirms": "confirms that",
    "opines": "judges that",
    "recommends": "advises that",
    "denies": "denies that",
    "findsNoEvidence": "found nothing to show that",
    "reports": "passes on that",
}
CERTAINTIES = ("unstated", "unstated", "certain", "probable", "possible")
BASES = ("firsthand", "document", "inference", "undisclosed", "unstated")
SOURCES = ("officials", "jurors", "neighbours", "footmen")
# Which article of its story an article copies: wire copies, a reprint of a copy, one more.
COPIES = {1: 0, 2: 0, 3: 1, 5: 4}
ROUND_UP = 7


def article(plan: Plan, number: int, earlier: Sequence[Article], before: Article | None) -> Article:
    """Make an article, after those of its story and after the first one of the story before."""
    made = Article(plan, number, Story(plan, number // SIZE))
    writer = Writer(made, Chance(plan.seed, "article", number))
    writer.write(earlier, before)
    return made


class Writer:
    """Write moments, each a few claims at one place of the text, until there are enough."""

    def __init__(self, made: Article, chance: Chance) -> None:
        self.made, self.chance = made, chance
        self.subjects = chance.shuffled(made.story.statements)
        self.span = -1

    def write(self, earlier: Sequence[Article], before: Article | None) -> None:
        """Write all claims, and the text that they stand on."""
        made, chance = self.made, self.chance
        made.sources = [Source(slug) for slug in chance.shuffled(SOURCES)[: 1 + chance.below(2)]]
        self._retell(earlier, before)
        moments: tuple[Callable[[Statement], None], ...] = (
            self._quoted, self._branch, self._deep, self._own, self._denied,
            self._branch, self._nothing_found, self._adopted, self._whispered,
        )  # fmt: skip
        turn = 0
        while len(made.claims) <= made.plan.claims - 3:
            self.span += turn == 0 or chance.yes(0.75)  # a place may carry two moments
            moments[turn % len(moments)](self.subjects[turn % len(self.subjects)])
            turn += 1
        while len(made.claims) < made.plan.claims:
            self.span += 1
            self._restated()
        made.text = pseudo_text(chance, self.span + 1)

    def _retell(self, earlier: Sequence[Article], before: Article | None) -> None:
        """Repeat what earlier articles say, and link to where they say it."""
        place = self.made.place
        if place in COPIES:
            told = [(earlier[COPIES[place]], top) for top in range(10)]
        elif place == ROUND_UP:
            others = [earlier[0], earlier[4], earlier[6], *([before] if before else [])]
            told = [(other, top) for other in others for top in range(3)]
        else:
            told = []
        most = (self.made.plan.claims - 3) // 2
        for other, top in told[:most]:
            number, statement = other.tops[top % len(other.tops)]
            self.span += 1
            source = self._source_claim(other, statement)
            self.made.links.append((self.made.slug, source, other.slug, number))

    def _source_claim(self, other: Article, statement: Statement) -> int:
        when = Period(f"{other.day}")
        above = self._report(statement)
        return self._say(
            other.paper,
            "asserts",
            statement,
            when,
            basis="unstated",
            said_in=other.work,
            under=above,
        )

    def _own(self, statement: Statement) -> None:
        made = self.made
        number = self._say(made.paper, "asserts", statement, self._today(), basis="unstated",
                           said_in=made.work)  # fmt: skip
        made.tops.append((number, statement))

    def _quoted(self, statement: Statement) -> None:
        above = self._report(statement)
        self._speak(self._person(), statement, self._before(0), above)

    def _branch(self, statement: Statement) -> None:
        above = self._report(statement)
        first, second = self.chance.shuffled(self.made.story.cast["person"])[:2]
        self._speak(first, statement, self._before(0), above)
        self._speak(second, statement, self._before(1), above)

    def _deep(self, statement: Statement) -> None:
        above = self._report(statement)
        court = self.chance.of(self.made.story.cast["org"])
        middle = self._say(court, "reports", statement, self._before(0), under=above)
        self._speak(self._person(), statement, self._before(1), middle)

    def _adopted(self, statement: Statement) -> None:
        above = self._report(statement)
        court = self.chance.of(self.made.story.cast["org"])
        middle = self._say(court, "asserts", statement, self._before(0), under=above)
        self._speak(self.chance.of(self.made.sources), statement, self._before(1), middle)

    def _whispered(self, statement: Statement) -> None:
        above = self._report(statement)
        self._speak(self.chance.of(self.made.sources), statement, self._before(0), above)

    def _denied(self, statement: Statement) -> None:
        """Let somebody deny what this article, where it can be, has somebody affirm."""
        affirmed = [c for c in self.made.claims if c.states and c.act in AFFIRMING]
        other = self.chance.of(affirmed) if affirmed else None
        denied = other.states if other and other.states else statement
        above = self._report(denied)
        joins = (("contradicts", other.number),) if other else ()
        self._speak(self._person(), denied, self._before(0), above, act="denies", joins=joins)

    def _nothing_found(self, statement: Statement) -> None:
        above = self._report(statement)
        court = self.chance.of(self.made.story.cast["org"])
        self._speak(court, statement, self._before(0), above, act="findsNoEvidence")

    def _restated(self) -> None:
        made = self.made
        other = self.chance.of([claim for claim in made.claims if claim.states])
        joins = ((self.chance.of(("restates", "supports", "qualifies")), other.number),)
        self._say(made.paper, "asserts", other.states, self._today(), basis="unstated",
                  said_in=made.work, joins=joins)  # fmt: skip

    def _report(self, statement: Statement) -> int:
        """Let the paper pass on the claims that follow."""
        made = self.made
        number = self._say(made.paper, "reports", statement, self._today(), said_in=made.work)
        made.tops.append((number, statement))
        return number

    def _speak(
        self,
        who: Entity | Source,
        statement: Statement,
        when: Period,
        under: int,
        *,
        act: str | None = None,
        joins: tuple[tuple[str, int], ...] = (),
    ) -> None:
        """End a chain."""
        chance = self.chance
        work = chance.of(self.made.story.cast["work"]) if chance.yes(0.3) else None
        self._say(who, act or chance.of(AFFIRMING), statement, when, basis=chance.of(BASES),
                  said_in=work, under=under, joins=joins)  # fmt: skip

    def _say(
        self,
        who: Entity | Source,
        act: str,
        statement: Statement | None,
        when: Period,
        *,
        basis: str | None = None,
        said_in: Entity | None = None,
        under: int | None = None,
        joins: tuple[tuple[str, int], ...] = (),
    ) -> int:
        made, chance = self.made, self.chance
        number = len(made.claims) + 1
        said = statement.words if statement else ""
        claim = Claim(number, who, act, when, f"The {who.label} {VERBS[act]} {said}.", self.span,
                      None if act == "reports" else statement, (), "unstated", basis, said_in,
                      joins=joins)  # fmt: skip
        if act != "reports":
            claim.certainty = chance.of(CERTAINTIES)
            claim.confidence = chance.of(("high", "medium", "low")) if chance.yes(0.3) else None
            claim.note = f"The place names {who.label} only once." if chance.yes(0.1) else None
        made.claims.append(claim)
        if under:
            above = made.claims[under - 1]
            above.relays = (*above.relays, number)
        return number

    def _person(self) -> Entity:
        return self.chance.of(self.made.story.cast["person"])

    def _today(self) -> Period:
        return Period(f"{self.made.day}")

    def _before(self, level: int) -> Period:
        """Draw a day no later than the article, earlier for each step down the chain."""
        day = self.made.day - timedelta(days=level + self.chance.below(2 - level))
        return Period(self.chance.of((f"{day}", f"{day}", f"../{day}")))
