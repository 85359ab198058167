"""The downloads: the whole graph in each format, and what PROV-O alone finds in it."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from prov.model import ProvAttribution, ProvDerivation, ProvDocument, ProvEntity, ProvRecord
from rdflib import Dataset, Graph, URIRef

from sayso.paths import DataFolder
from sayso.store import ClaimStore, load
from sayso.store.export import declared, exported
from sayso.store.formats import GRAPH_FORMATS
from sayso.web import create_app

TRIAL = Path(__file__).parent / "trial"
FORMATS = {
    "ttl": "turtle",
    "trig": "trig",
    "nq": "nquads",
    "nt": "nt",
    "jsonld": "json-ld",
    "rdf": "xml",
}
KEEPING_GRAPHS = ("trig", "nq", "jsonld")
PROV = "PREFIX prov: <http://www.w3.org/ns/prov#> "
WHO = PROV + "SELECT ?claim ?who { ?claim a prov:Entity ; prov:wasAttributedTo ?who }"
WAY = PROV + "SELECT ?claim ?from { ?claim a prov:Entity ; prov:wasDerivedFrom+ ?from }"
rdflibs_own = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


@pytest.fixture(scope="module", params=["trial", "the graph that comes with sayso"])
def graph(request: pytest.FixtureRequest) -> ClaimStore:
    return load(DataFolder(TRIAL) if request.param == "trial" else DataFolder())


@pytest.fixture(scope="module")
def visitor(graph: ClaimStore) -> FlaskClient:
    return create_app(graph).test_client()


@pytest.fixture(scope="module", params=FORMATS)
def download(visitor: FlaskClient, request: pytest.FixtureRequest) -> tuple[str, Dataset]:
    """A download read by rdflib, with its suffix; read once for all tests."""
    response = visitor.get(f"/download/sayso.{request.param}")
    assert response.status_code == 200
    data = Dataset(default_union=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own
        data.parse(data=response.data, format=FORMATS[request.param])
    return request.param, data


def stored(graph: ClaimStore, query: str) -> set[tuple[str, ...]]:
    rows = graph.queryable.query(query)
    return {tuple(term.value for term in row) for row in rows}  # type: ignore[union-attr]


def found(data: Graph, query: str) -> set[tuple[str, ...]]:
    return {tuple(str(term) for term in row) for row in data.query(query)}  # type: ignore[union-attr]


@rdflibs_own
def test_a_download_holds_every_triple_once(
    download: tuple[str, Dataset], graph: ClaimStore
) -> None:
    parsed = set(download[1].triples((None, None, None)))
    union = {(quad.subject, quad.predicate, quad.object) for quad in graph.store}
    assert len(parsed) == len(union) > 1000
    named = {(s.value, p.value) for s, p, _ in union if isinstance(s, ox.NamedNode)}
    assert {(str(s), str(p)) for s, p, _ in parsed} == named


@rdflibs_own
def test_a_format_with_named_graphs_keeps_them(
    download: tuple[str, Dataset], graph: ClaimStore
) -> None:
    suffix, data = download
    quads = list(data.quads((None, None, None, None)))
    names = {str(context) for *_, context in quads if context}
    if suffix in KEEPING_GRAPHS:
        assert names == {name.value for name in graph.store.named_graphs()}
        assert len(quads) == len(graph.store)
    else:
        assert len(names) <= 1


@rdflibs_own
@pytest.mark.parametrize("query", [WHO, WAY])
def test_prov_alone_finds_in_a_download_what_it_finds_in_the_store(
    download: tuple[str, Dataset], graph: ClaimStore, query: str
) -> None:
    expected = stored(graph, query)
    assert len(expected) > 15
    assert found(download[1], query) == expected


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore:The following attributes were not converted")
@pytest.mark.parametrize("suffix", ["ttl", "trig", "jsonld", "rdf"])
def test_the_prov_library_reads_a_download(
    visitor: FlaskClient, graph: ClaimStore, suffix: str
) -> None:
    assert_prov_reads(visitor.get(f"/download/sayso.{suffix}").text, suffix, graph)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore:The following attributes were not converted")
@pytest.mark.parametrize("suffix", ["ttl", "rdf"])
def test_prefixes_too_many_to_be_used_are_declared_all_the_same(
    trial: ClaimStore, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    form = next(form for form in GRAPH_FORMATS if form.suffix == suffix)
    usual = b"".join(exported(trial, form))
    monkeypatch.setattr("sayso.store.export._MANY", 0)
    content = b"".join(exported(trial, form))
    parsed = [{*ox.parse(each, format=form.engine)} for each in (usual, content)]
    assert parsed[0] == parsed[1]
    assert b"trial:c1 " not in content
    assert_prov_reads(content.decode(), suffix, trial)


def assert_prov_reads(content: str, suffix: str, graph: ClaimStore) -> None:
    document = ProvDocument.deserialize(content=content, format="rdf", rdf_format=FORMATS[suffix])
    records = list(_records(document))
    entities = {r.identifier.uri for r in records if isinstance(r, ProvEntity) and r.identifier}
    assert {claim for claim, _ in stored(graph, WHO)} <= entities
    assert sum(isinstance(r, ProvAttribution) for r in records) == len(stored(graph, WHO))
    direct = PROV + "SELECT ?claim ?from { ?claim prov:wasDerivedFrom ?from }"
    assert sum(isinstance(r, ProvDerivation) for r in records) == len(stored(graph, direct))


def _records(document: ProvDocument) -> Iterator[ProvRecord]:
    yield from document.get_records()
    for bundle in document.bundles:
        yield from bundle.get_records()


def test_every_record_has_a_prefix_of_its_own(graph: ClaimStore) -> None:
    known = set(declared(graph).values())
    records = {name.value for name in graph.store.named_graphs() if "/article/" in name.value}
    assert records
    assert {record + "#" for record in records} <= known
    assert len(known) == len(declared(graph))


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_download_says_what_it_is(visitor: FlaskClient, suffix: str) -> None:
    response = visitor.get(f"/download/sayso.{suffix}")
    assert response.headers["Content-Length"] == str(len(response.data))
    assert response.headers["Content-Disposition"] == f'attachment; filename="sayso.{suffix}"'
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    again = visitor.get(
        f"/download/sayso.{suffix}", headers={"If-None-Match": response.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


def test_another_version_has_another_etag(visitor: FlaskClient, graph: ClaimStore) -> None:
    assert graph.version[:32] in visitor.get("/download/sayso.nq").headers["ETag"]
    tags = {visitor.head(f"/download/sayso.{suffix}").headers["ETag"] for suffix in FORMATS}
    assert len(tags) == len(FORMATS)


def test_an_unknown_format_is_404(visitor: FlaskClient) -> None:
    assert visitor.get("/download/sayso.docx").status_code == 404


def test_the_page_lists_every_format_and_the_licence(visitor: FlaskClient) -> None:
    page = visitor.get("/download/").text
    assert all(f'href="/download/sayso.{suffix}"' in page for suffix in FORMATS)
    assert "https://creativecommons.org/licenses/by/4.0/" in page
    assert visitor.get("/download").headers["Location"] == "/download/"


@rdflibs_own
@pytest.mark.parametrize("suffix", FORMATS)
def test_one_record_alone_is_read_back_whole(
    visitor: FlaskClient, graph: ClaimStore, suffix: str
) -> None:
    record = min(name.value for name in graph.store.named_graphs() if "/article/" in name.value)
    path = "/" + record.removeprefix(graph.base)
    response = visitor.get(f"{path}.{suffix}")
    data = Dataset(default_union=True).parse(data=response.data, format=FORMATS[suffix])
    whole = Graph().parse(data=visitor.get(f"{path}.nt").data, format="nt")
    assert set(data.triples((None, None, None))) == set(whole)
    claims = {str(s) for s in whole.subjects(None, URIRef(graph.base + "ns#Claim"))}
    part = "<http://purl.org/dc/terms/isPartOf>"
    asked = f"SELECT ?claim {{ ?claim a <{graph.base}ns#Claim> ; {part} <{record}> }}"
    assert {claim for (claim,) in stored(graph, asked)} <= claims
