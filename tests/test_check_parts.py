"""File by file, with what each looks at in others, a check finds what it finds in all at once."""

import re
import shutil
from collections.abc import Callable, Hashable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from bench.generate import Plan, write_folder
from sayso.paths import DataFolder
from sayso.text.dates import days
from sayso.validation import cores
from sayso.validation.cache import Cache
from sayso.validation.check import Asked, How, Outcome
from sayso.validation.engine import Engine
from sayso.validation.parts import Checker, Part

BASE = "https://wonderland.example/"
SAYSO = "https://w3id.org/sayso/ns#"
Edit = Callable[[DataFolder], None]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """Make three stories of articles that retell each other."""
    return write_folder(Plan(17, 14), tmp_path_factory.mktemp("parts") / "graph")


@pytest.fixture
def folder(written: DataFolder, tmp_path: Path) -> DataFolder:
    return DataFolder(Path(shutil.copytree(written.root, tmp_path / "graph")))


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache" / "check.sqlite")


def by_parts(folder: DataFolder, cache: Cache) -> Outcome | None:
    return Asked.of(folder, (), days, How(cache=cache)).by_parts()


def at_once(folder: DataFolder, engine: Engine = Engine.AUTO) -> Outcome:
    return Asked.of(folder, (), days, How(engine)).at_once()


def told(outcome: Outcome | None) -> tuple[Hashable, ...]:
    """Return all that an outcome says, in a form to compare."""
    assert outcome is not None
    paths = (replace(each, path=None) for each in outcome.report.results if _blank(each.path))
    plain = (each for each in outcome.report.results if not _blank(each.path))
    claims = tuple(outcome.claims.items())
    results = tuple(sorted(map(str, (*paths, *plain))))
    return tuple(outcome.findings), tuple(outcome.beyond_shacl), claims, results


def _blank(path: object) -> bool:
    return isinstance(path, ox.BlankNode)


def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """List the files that are checked from here on."""
    names: list[str] = []
    outcomes = Checker.outcomes

    def counted(checker: Checker, part: Part) -> dict[int, bytes | None] | None:
        names.extend(source.path.stem for source in part.files.values())
        return outcomes(checker, part)

    monkeypatch.setattr(Checker, "outcomes", counted)
    monkeypatch.setattr(cores, "_cores", lambda: 1)  # other processes would list for themselves
    return names


def number(folder: DataFolder, article: int) -> Path:
    (found,) = folder.articles.glob(f"*-article-{article}.ttl")
    return found


def add(path: Path, text: str) -> None:
    path.write_text(f"{path.read_text('utf-8')}\n{text}\n", "utf-8")


def change(path: Path, pattern: str, by: str, count: int = 1) -> None:
    text, changed = re.subn(pattern, by, path.read_text("utf-8"), count=count)
    assert changed
    path.write_text(text, "utf-8")


# ---------------------------------------------------------------- what crosses from file to file


def claim(folder: DataFolder, article: int, name: str = "c1") -> str:
    return f"<{BASE}article/{number(folder, article).stem}#{name}>"


def said_late(folder: DataFolder) -> None:
    """What others retell from an original was said after all of them."""
    change(number(folder, 0), r"sayso:saidOn date:[^ ]+", "sayso:saidOn date:1899-01-01", 99)
    lines = 'sayso:edtf "1899-01-01"^^edtf:EDTF ; sayso:earliest "1899-01-01"^^xsd:date'
    date = f'date:1899-01-01 a sayso:Period ; {lines} ; sayso:latest "1899-01-01"^^xsd:date .'
    add(number(folder, 0), date)


def circle(folder: DataFolder) -> None:
    """Three articles rely on each other."""
    for one, other in ((3, 9), (9, 16), (16, 3)):
        add(number(folder, one), f"<#c1> sayso:relays {claim(folder, other)} .")


def circle_by_links(folder: DataFolder) -> None:
    links = folder.root / "graph" / "links.ttl"
    for one, other in ((3, 9), (9, 3)):
        add(links, f"{claim(folder, one)} <{SAYSO}relays> {claim(folder, other)} .")


def lost_claim(folder: DataFolder) -> None:
    """A claim that another article retells is no claim any more."""
    for name in ("c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"):
        change(
            number(folder, 0), rf"<#{name}>\n    a sayso:Claim", f"<#{name}>\n    a sayso:Claims"
        )


def gone(folder: DataFolder) -> None:
    number(folder, 4).unlink()


def two_dates(folder: DataFolder) -> None:
    """One date is described in two ways, in two articles of many that have it."""
    date = re.search(r"^date:(\S+)$", number(folder, 8).read_text("utf-8"), re.MULTILINE)
    assert date
    add(
        number(folder, 12), f'date:{date[1]} a sayso:Period ; sayso:latest "1860-01-01"^^xsd:date .'
    )


def two_subjects(folder: DataFolder) -> None:
    """A statement of one article is given another subject in an article of another story."""
    found = re.search(r"^(stmt:\S+)$", number(folder, 9).read_text("utf-8"), re.MULTILINE)
    assert found
    add(number(folder, 2), f"{found[1]} sayso:subject person:nobody-1 .")


def unclaimed(folder: DataFolder) -> None:
    """A statement is described in one article and claimed in another."""
    line = r"\n    sayso:states (stmt:\S+) ;"
    found = re.search(line, number(folder, 10).read_text("utf-8"))
    assert found
    add(number(folder, 1), f"{found[1]} a sayso:Statement .")
    add(number(folder, 1), "stmt:never-claimed-00000000 a sayso:Statement .")


def bare_fact(folder: DataFolder) -> None:
    """What an article claims, an article of another story says as a fact."""
    pattern = r"sayso:subject (\S+) ;\n +sayso:predicate (\S+) ;\n +sayso:object (\S+:\S+)"
    found = re.search(pattern, number(folder, 16).read_text("utf-8"))
    assert found
    add(number(folder, 5), f"{found[1]} {found[2]} {found[3]} .")


def strange_fact(folder: DataFolder) -> None:
    fact = "person:knave-1 <https://w3id.org/sayso/predicate/ordered> person:king-1 ."
    add(number(folder, 5), fact)


def others_source(folder: DataFolder) -> None:
    """An unnamed source of one article speaks in another."""
    name = re.search(r"<#(\S+)>\n    a sayso:UnnamedSource", number(folder, 8).read_text("utf-8"))
    assert name
    source = claim(folder, 8, name[1])
    change(number(folder, 2), r"sayso:claimant \S+", f"sayso:claimant {source}")


def others_record(folder: DataFolder) -> None:
    """A claim says that it is part of another record."""
    other = f"<{BASE}article/{number(folder, 7).stem}>"
    change(number(folder, 2), r"(<#c3>\n +a sayso:Claim ;\n +dcterms:isPartOf) <>", rf"\1 {other}")


def nameless(folder: DataFolder) -> None:
    """Nobody describes a person of whom several articles speak."""
    people = folder.root / "graph" / "entities" / "people.ttl"
    blocks = people.read_text("utf-8").split("\n\n")
    people.write_text("\n\n".join([*blocks[:2], *blocks[4:]]), "utf-8")


def no_evidence(folder: DataFolder) -> None:
    """A claim rests on the evidence of who relays it, from another article."""
    change(number(folder, 0), r" ;\n    sayso:evidence <#c\d+-span>", "", 99)
    links = folder.root / "graph" / "links.ttl"
    add(links, f"{claim(folder, 1)} <{SAYSO}relays> {claim(folder, 0)} .")


def misspelt(folder: DataFolder) -> None:
    add(number(folder, 5), "<#c2> skos:editorialNote sayso:Nonsense .")
    change(number(folder, 6), r"ns/prov#", "ns/prow#")


def contradiction(folder: DataFolder) -> None:
    """Two claims of two articles that say the same are said to contradict each other."""
    statement = re.search(r"sayso:states (stmt:\S+)", number(folder, 0).read_text("utf-8"))
    assert statement
    for article in (0, 1):
        pattern = r"(<#c2>\n(?:    .*\n)*?    sayso:act) act:\S+"
        change(number(folder, article), pattern, r"\1 act:asserts")
        add(number(folder, article), f"<#c2> sayso:states {statement[1]} .")
    add(number(folder, 1), f"<#c2> sayso:contradicts {claim(folder, 0, 'c2')} .")


EDITS: dict[Edit, set[str]] = {
    said_late: {"claim-not-said-before-source"},
    circle: {"claim-no-cycle"},
    circle_by_links: {"claim-no-cycle"},
    lost_claim: {"claim-relays-claims"},
    gone: {"claim-relays-claims"},
    two_dates: {"period-latest-day"},
    two_subjects: {"statement-one-subject", "statement-subject-known"},
    unclaimed: {"statement-claimed"},
    bare_fact: {"no-bare-fact"},
    strange_fact: {"predicate-never-used"},
    others_source: {"unnamed-source-local"},
    others_record: {"claim-iri-in-record"},
    nameless: {"statement-subject-known"},
    no_evidence: {"claim-evidence-reachable"},
    misspelt: {"term-known", "prefix-namespace-known"},
    contradiction: {"claim-no-contradiction-at-same-stance"},
}


@pytest.fixture(scope="module")
def checked(written: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep what is found in the folder as it was written."""
    return tmp_path_factory.mktemp("kept")


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_a_change_is_found_wherever_it_tells(
    edit: Edit, folder: DataFolder, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cores, "_cores", lambda: 1)
    before = told(by_parts(folder, cache))
    kept = {path: path.read_bytes() for path in folder.root.rglob("*.ttl")}
    edit(folder)
    whole = at_once(folder)
    assert EDITS[edit] <= {each.code for each in whole.findings}
    changed, anew = by_parts(folder, cache), by_parts(folder, Cache(None))
    if changed is None:
        # Then all is checked at once, which nobody has to compare with itself.
        assert edit in (strange_fact, bare_fact, gone)
        assert anew is None
    else:
        assert told(changed) == told(anew) == told(whole)
    for path, content in kept.items():
        path.write_bytes(content)
    assert told(by_parts(folder, cache)) == before
