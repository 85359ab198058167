"""The generated graphs are what the benchmarks take them for."""

import re
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from bench.generate import Plan, write_folder, write_nquads
from bench.generate.__main__ import main
from bench.generate.story import SIZE
from bench.generate.terms import Period
from sayso.cli import group
from sayso.paths import DataFolder
from sayso.store import ClaimStore, load
from sayso.text.dates import days

PREFIXES = """PREFIX act: <https://w3id.org/sayso/code/act/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX sayso: <https://w3id.org/sayso/ns#>
PREFIX schema: <https://schema.org/>
PREFIX prov: <http://www.w3.org/ns/prov#>
"""

# One feature each that the benchmarks and later orders rely on, as a question with the answer yes.
FEATURES = {
    "a chain of three": "?a sayso:relays ?b . ?b sayso:relays ?c . ?a dcterms:isPartOf ?r ."
    " ?c dcterms:isPartOf ?r",
    "a chain of two": "?a sayso:relays ?b FILTER NOT EXISTS { ?b sayso:relays ?c }",
    "a claim in the paper's own voice": "?a sayso:saidIn ?w . ?r dcterms:source ?w ."
    " ?a sayso:states ?s FILTER NOT EXISTS { ?a sayso:relays ?b }",
    "a branch": "?a sayso:relays ?b, ?c FILTER(?b != ?c)",
    "an unnamed source": "?a sayso:claimant ?b . ?b a sayso:UnnamedSource",
    "a denial of what another affirms": "?a sayso:act act:denies ; sayso:states ?s ."
    " ?b sayso:states ?s ; sayso:act/sayso:stance <https://w3id.org/sayso/code/stance/affirms>",
    "a finding of no evidence": "?a sayso:act act:findsNoEvidence",
    "a contradiction": "?a sayso:contradicts ?b",
    "a restatement": "?a sayso:restates|sayso:supports|sayso:qualifies ?b",
    "a claimant who adopts": "?a sayso:states ?s ; sayso:relays ?b",
    "a statement of two articles": "?a sayso:states ?s ; dcterms:isPartOf ?r ."
    " ?b sayso:states ?s ; dcterms:isPartOf ?q FILTER(?r != ?q)",
    "a link across articles": "?a sayso:relays ?b ; dcterms:isPartOf ?r ."
    " ?b dcterms:isPartOf ?q FILTER(?r != ?q)",
    "a chain through three articles": "?a sayso:relays+ ?b ; dcterms:isPartOf ?r ."
    " ?b dcterms:isPartOf ?q ; sayso:relays+ ?c . ?c dcterms:isPartOf ?p"
    " FILTER(?r != ?q && ?q != ?p)",
    "a place shared by claims": "?a sayso:evidence ?e . ?b sayso:evidence ?e FILTER(?a != ?b)",
    "a number": "?s sayso:object ?o FILTER(isNumeric(?o))",
    "words": "?s sayso:object ?o FILTER(isLiteral(?o) && !isNumeric(?o))",
    "a dated statement": "?s sayso:eventDate ?d",
    "a placed statement": "?s schema:contentLocation ?p",
    "an open period": "?d sayso:latest ?l FILTER NOT EXISTS { ?d sayso:earliest ?e }",
    "a period of many days": "?d sayso:earliest ?e ; sayso:latest ?l FILTER(?e < ?l)",
    "an omitted sentence": "?t sayso:sentence ?s . ?s sayso:omitted ?why",
    "attribution in PROV-O": "?a prov:wasAttributedTo ?b . ?b a prov:Agent",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    return write_folder(Plan(2 * SIZE), tmp_path_factory.mktemp("generated"))


@pytest.fixture(scope="module")
def generated(folder: DataFolder) -> ClaimStore:
    return load(folder)


def _content(root: Path) -> dict[str, bytes]:
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def test_the_same_plan_gives_the_same_bytes(folder: DataFolder, tmp_path: Path) -> None:
    write_folder(Plan(2 * SIZE), tmp_path)
    assert _content(tmp_path) == _content(folder.root)


def test_the_bytes_are_those_of_every_other_machine(tmp_path: Path) -> None:
    write_folder(Plan(2), tmp_path)
    content = _content(tmp_path)
    whole = sha256(b"\0".join(name.encode() + content[name] for name in sorted(content)))
    assert whole.hexdigest()[:16] == "739e60dd39422b3f"


def test_another_seed_gives_another_graph(folder: DataFolder, tmp_path: Path) -> None:
    write_folder(Plan(2 * SIZE, seed=1866), tmp_path)
    assert _content(tmp_path).keys() != _content(folder.root).keys()


def test_an_article_does_not_depend_on_how_many_follow(folder: DataFolder, tmp_path: Path) -> None:
    few = write_folder(Plan(3), tmp_path)
    for path in few.records():
        assert path.read_bytes() == (folder.articles / path.name).read_bytes()


def test_an_article_has_forty_claims_and_about_970_quads(generated: ClaimStore) -> None:
    quads = Counter(str(quad.graph_name) for quad in generated.store)
    records = [count for graph, count in quads.items() if "/article/" in graph]
    assert len(records) == 2 * SIZE
    assert 920 <= sum(records) / len(records) <= 1020
    claims = Counter(
        str(row["record"])
        for row in _rows(generated, "SELECT * { ?c a sayso:Claim ; dcterms:isPartOf ?record }")
    )
    assert set(claims.values()) == {40}


def _rows(claims: ClaimStore, query: str) -> list[ox.QuerySolution]:
    found = claims.queryable.query(PREFIXES + query)
    assert isinstance(found, ox.QuerySolutions)
    return list(found)


@pytest.mark.parametrize("pattern", FEATURES.values(), ids=FEATURES.keys())
def test_every_feature_occurs(generated: ClaimStore, pattern: str) -> None:
    assert _rows(generated, f"SELECT * {{ {pattern} }} LIMIT 1")


def test_no_chain_comes_round_unless_asked(generated: ClaimStore, tmp_path: Path) -> None:
    cycle = "SELECT ?a { ?a sayso:relays+ ?a }"
    assert _rows(generated, cycle) == []
    assert len(_rows(load(write_folder(Plan(SIZE, cycles=1), tmp_path)), cycle)) >= 2


@pytest.mark.parametrize("articles", [3, SIZE])
def test_the_graph_conforms(articles: int, tmp_path: Path, runner: CliRunner) -> None:
    write_folder(Plan(articles), tmp_path)
    result = runner.invoke(group, ["check", "--data", str(tmp_path)])
    assert result.exit_code == 0, result.output


def test_the_records_are_tidy_and_their_hashes_those_of_the_words(
    tmp_path: Path, runner: CliRunner
) -> None:
    folder = write_folder(Plan(3), tmp_path / "data", tmp_path / "texts")
    for path in folder.records():
        text = tmp_path / "texts" / f"{path.stem}.txt"
        command = ["tidy", "--check", "--data", str(folder.root), "--text", str(text), str(path)]
        result = runner.invoke(group, command)
        assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    "edtf", ["1865-05-04", "1865-02", "1864-02-28/1864-03-01", "../1865-12-31"]
)
def test_periods_have_the_days_that_edtf_gives_them(edtf: str) -> None:
    period, expected = Period(edtf), days(edtf)
    assert (period.earliest, period.latest) == (expected.earliest, expected.latest)


def test_nobody_is_invented(folder: DataFolder) -> None:
    """Each name is a part in the trial or a kind of thing, with a number."""
    names = re.findall(
        r"^(?:person|org|place|event|group):(\S+)$",
        "\n".join(path.read_text("utf-8") for path in folder.shared()),
        re.MULTILINE,
    )
    assert len(names) >= 30
    assert [name for name in names if not re.fullmatch(r"[a-z-]+-[0-9]+", name)] == []


def test_the_command_writes_the_folder_and_the_quads(tmp_path: Path, runner: CliRunner) -> None:
    out, quads = tmp_path / "data", tmp_path / "data.nq"
    command = ["--articles", "2", "--out", str(out), "--nquads", str(quads)]
    result = runner.invoke(main, command, catch_exceptions=False)
    assert result.exit_code == 0
    store = ox.Store()
    store.load(path=str(quads), format=ox.RdfFormat.N_QUADS)
    assert len(store) == len(load(DataFolder(out)).store)
    assert f"{len(store)} quads" in result.output


def test_the_quads_can_be_written_again(folder: DataFolder, tmp_path: Path) -> None:
    assert write_nquads(folder, tmp_path / "a.nq") == write_nquads(folder, tmp_path / "b.nq")
    first, second = ((tmp_path / name).read_bytes() for name in ("a.nq", "b.nq"))
    assert sorted(first.splitlines()) == sorted(second.splitlines())
