"""Any RDF, and a store on disk, are served by the same endpoint, without a word of claims."""

import json
import os
import re
import signal
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from front_server import until
from sayso.cli import group
from sayso.errors import BrokenStore, NoStore, SaysoError
from sayso.store import load
from sayso.store.disk import NOTE, note
from sayso.store.formats import GRAPH_FORMATS, GraphFormat
from sayso.store.rdf import load_rdf, rdf_files
from sayso.web.plain import create_plain_app
from serving import ENDS, rows, serving

COURT = """@prefix w: <https://wonderland.example/> .
w:court { w:knave a w:Accused ; w:accusedOf w:theft . w:hatter w:name "Hatter" }
w:tea { w:hatter w:invited w:alice . w:knave w:accusedOf w:theft }
"""
TEA = "@prefix w: <https://wonderland.example/> . w:hatter w:wears w:hat ."
ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(30)) + " }"


def written(folder: Path) -> list[str]:
    for name, content in {"court.trig": COURT, "tea.ttl": TEA}.items():
        (folder / name).write_text(content, encoding="utf-8")
    return [str(folder / "court.trig"), str(folder / "tea.ttl")]


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    return written(tmp_path)


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    files = written(tmp_path_factory.mktemp("visited"))
    return create_plain_app(load_rdf(rdf_files(files))).test_client()


def test_the_page_tells_what_there_is_and_where(visitor: FlaskClient) -> None:
    page = visitor.get("/").text
    figures = re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", page)
    assert figures == [("triples", "5"), ("named graphs", "2")]
    assert 'action="/sparql"' in page
    assert "need not be declared: owl, rdf, rdfs, w, xsd" in page
    for link in re.findall(r'href="([^"#]+)"', page):
        with visitor.get(link, headers={"Accept": "text/turtle"}) as answer:
            assert answer.status_code == 200, link
    assert "claim" not in page.casefold()
    assert "/ns" not in page


def test_the_question_on_the_page_can_be_asked(visitor: FlaskClient) -> None:
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", visitor.get("/").text, re.DOTALL)
    assert text
    answer = visitor.get("/sparql", query_string={"query": text[1], "format": "json"})
    found = json.loads(answer.data)["results"]["bindings"]
    assert [row["class"]["value"] for row in found] == ["https://wonderland.example/Accused"]


def test_a_browser_at_the_endpoint_is_led_to_the_page(visitor: FlaskClient) -> None:
    answer = visitor.get("/sparql", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_prefixes_of_the_files_are_known_and_those_of_sayso_are_not(visitor: FlaskClient) -> None:
    asked = {"query": "ASK { w:knave w:accusedOf w:theft }", "format": "json"}
    assert json.loads(visitor.get("/sparql", query_string=asked).data)["boolean"] is True
    asked = {"query": "ASK { ?c a sayso:Claim }"}
    assert visitor.get("/sparql", query_string=asked).status_code == 400


def test_nothing_is_implied_and_nothing_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "claim.ttl"
    path.write_text("<urn:c> a <https://w3id.org/sayso/ns#Claim> .", encoding="utf-8")
    assert load_rdf(rdf_files([str(path)])).size == 1


@pytest.mark.parametrize("form", GRAPH_FORMATS, ids=lambda form: form.suffix)
def test_all_of_it_is_downloaded_in_every_format(visitor: FlaskClient, form: GraphFormat) -> None:
    answer = visitor.get(f"/download/data.{form.suffix}")
    assert (answer.status_code, answer.content_type) == (200, form.media_type)
    found = ox.Dataset(ox.parse(answer.data, format=form.engine))
    assert len(found) == (6 if form.datasets else 5)
    again = visitor.get(
        f"/download/data.{form.suffix}", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["/court", "/ns", "/query", "/download/data.tea", "/id/person/x"])
def test_no_iri_is_answered_at_its_path(visitor: FlaskClient, path: str) -> None:
    for accept in ("text/html", "application/json", "text/turtle"):
        answer = visitor.get(path, headers={"Accept": accept})
        assert answer.status_code == 404
        assert "Traceback" not in answer.text
    assert visitor.post("/").status_code == 405


def test_a_graph_is_had_by_its_name(visitor: FlaskClient) -> None:
    asked = {"graph": "https://wonderland.example/tea", "format": "nt"}
    answer = visitor.get("/rdf-graph-store", query_string=asked)
    assert len(answer.text.splitlines()) == 2
    whole = visitor.get("/rdf-graph-store?default&format=nt")
    assert len(whole.text.splitlines()) == 5
    assert visitor.put("/rdf-graph-store", query_string=asked, data=b"").status_code == 405


def test_it_serves_files_and_then_what_they_have_become(files: list[str]) -> None:
    with serving("--rdf", *files) as (process, line, address):
        assert line.startswith(f"sayso serves {files[0]} and 1 more at ")
        assert len(rows(address)) == 5
        with urlopen(Request(address, headers={"Accept": "text/html"})) as page:
            assert b"SPARQL endpoint" in page.read()
        with pytest.raises(HTTPError, match="404"):
            urlopen(address + "court")
        Path(files[1]).write_text(TEA + " w:hatter w:wears w:ring .", encoding="utf-8")
        process.send_signal(signal.SIGHUP)
        until(lambda: len(rows(address)) == 6, ENDS)


def test_a_store_is_built_and_served_by_workers_that_may_be_killed(
    tmp_path: Path, files: list[str], runner: CliRunner
) -> None:
    place = str(tmp_path / "store")
    built = runner.invoke(group, ["load", "--store", place, "--rdf", *files])
    assert built.exit_code == 0, built.output
    assert f"sayso serve --store {place}" in built.output
    with serving("--store", place) as (process, line, address):
        assert line.startswith(f"sayso serves {place} at ")
        for _ in range(3):
            with pytest.raises(HTTPError, match="503"):
                rows(address, ENDLESS, timeout="0.3")
            assert len(rows(address)) == 5
        Path(files[1]).write_text(TEA + " w:hatter w:wears w:ring .", encoding="utf-8")
        built = runner.invoke(group, ["load", "--store", place, "--rdf", *files])
        assert built.exit_code == 0, built.output
        assert len(list((tmp_path / "store").glob("graph-*"))) == 2
        assert len(rows(address)) == 5
        process.send_signal(signal.SIGHUP)
        until(lambda: len(rows(address)) == 6, ENDS)


def test_a_store_of_claims_has_the_pages_of_claims(tmp_path: Path, runner: CliRunner) -> None:
    place = str(tmp_path / "store")
    trial = Path(__file__).parent / "trial"
    built = runner.invoke(group, ["load", "--store", place, "--data", str(trial)])
    assert built.exit_code == 0, built.output
    from sayso.paths import DataFolder  # noqa: PLC0415 - only this test reads claims

    claims = load(DataFolder(trial))
    assert note(Path(place)).version == claims.version
    with serving("--store", place) as (_, _, address):
        asked = "SELECT ?c { ?c a sayso:Claim }"
        assert len(rows(address, asked)) == len(rows_of(claims.queryable, claims.prefixes, asked))
        with urlopen(Request(address, headers={"Accept": "text/html"})) as page:
            assert b"On whose say-so?" in page.read()
        for _ in range(3):  # whichever worker answers has the index that was made at the start
            with urlopen(address + "search?words=knave") as found:
                assert b"Follow the chain" in found.read()


def rows_of(store: ox.Store, prefixes: dict[str, str], query: str) -> list[object]:
    found = list(store.query(query, prefixes=prefixes))  # type: ignore[arg-type]
    assert found
    return found


def test_each_worker_opens_the_store_for_itself(
    tmp_path: Path, files: list[str], runner: CliRunner
) -> None:
    """RocksDB's handles do not outlive a fork: the process that forks has no file of it open."""
    place = tmp_path / "store"
    runner.invoke(group, ["load", "--store", str(place), "--rdf", *files], catch_exceptions=False)
    with serving("--store", str(place)) as (process, _, address):
        assert len(rows(address)) == 5
        (generation,) = children(process.pid)
        workers = children(generation)
        assert workers
        assert not opened_files(generation, ".sst")
        until(lambda: all(opened_files(worker, ".sst") for worker in children(generation)), ENDS)


def children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in text.split()]


def opened_files(pid: int, suffix: str) -> list[str]:
    links = [os.readlink(link) for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()]  # noqa: PTH115
    return [link for link in links if link.endswith(suffix)]


REFUSED = {
    "no such file": (["serve", "--rdf", "tea.ttl"], "tea.ttl: no file has such a name"),
    "unknown ending": (["serve", "--rdf", NOTE], f"{NOTE}: its ending does not say"),
    "no store": (["serve", "--store", "empty"], "empty: there is no store here"),
    "broken store": (["serve", "--store", "."], ".: this store cannot be read"),
    "no such file to load": (["load", "--store", "new", "--rdf", "*.ttl"], "*.ttl: no file has"),
    "no folder to load": (["load", "--store", "new", "--data", "away"], "away: there is no such"),
    "no store to load into": (["load", "--store", "empty/x"], "was not made by `sayso load`"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_used_is_one_sentence(
    what: str, tmp_path: Path, runner: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(NOTE).write_text("tea", encoding="utf-8")
    (Path("empty") / "x" / "tea").mkdir(parents=True)
    asked, sentence = REFUSED[what]
    result = runner.invoke(group, [*asked, *(["--port", "0"] if asked[0] == "serve" else [])])
    assert isinstance(result.exception, SaysoError), result.output
    assert sentence in str(result.exception)


MISUSED = {
    "two sources": ["serve", "--rdf", "a.ttl", "--store", "b"],
    "two others": ["serve", "--data", "a", "--store", "b"],
    "a file without --rdf": ["serve", "tea.ttl"],
    "no store": ["load", "--rdf", "tea.ttl"],
    "two to load": ["load", "--store", "a", "--data", "b", "--rdf", "c.ttl"],
}


@pytest.mark.parametrize("what", MISUSED)
def test_options_that_do_not_go_together_are_refused(what: str, runner: CliRunner) -> None:
    result = runner.invoke(group, MISUSED[what])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage: ")


def test_a_store_that_the_engine_cannot_open_is_told_before_anything_is_served(
    tmp_path: Path, files: list[str], runner: CliRunner
) -> None:
    from sayso.cli.serving_store import open_store  # noqa: PLC0415 - it forks

    place = tmp_path / "store"
    with pytest.raises(NoStore):
        open_store(str(place), most_rows=0)
    runner.invoke(group, ["load", "--store", str(place), "--rdf", *files], catch_exceptions=False)
    for file in place.glob("graph-*/CURRENT"):
        file.write_text("tea", encoding="utf-8")
    with pytest.raises(BrokenStore, match="make it anew"):
        open_store(str(place), most_rows=0)
