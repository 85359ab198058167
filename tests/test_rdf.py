"""Anybody's RDF is read whole, in every format, and nothing is fetched for it."""

import gzip
import os
from pathlib import Path

import pyoxigraph as ox
import pytest

from sayso.errors import (
    BadGzip,
    BadRdf,
    HasByteOrderMark,
    NoFile,
    NoRdf,
    RemoteContext,
    UnknownRdf,
    Unreadable,
)
from sayso.store.data import Name, RdfStore
from sayso.store.export import exported
from sayso.store.formats import GRAPH_FORMATS, JSON_LD, N_QUADS, TRIG, GraphFormat
from sayso.store.rdf import SUFFIXES, load_rdf, rdf_files
from sayso.store.union import unite
from silence import Silent

E = "https://wonderland.example/"
TEA = """@prefix w: <https://wonderland.example/> .
w:hatter w:invited w:alice , _:guest . _:guest w:name "Dormouse"@en .
<#party> w:begins "6 o'clock .\\n" ; w:guests 3 .
"""
COURT = """@prefix law: <https://wonderland.example/law#> .
@prefix w: <https://wonderland.example/> .
w:court { w:knave law:accusedOf w:theft . _:witness w:name "Hatter" ; w:holds _:cup }
w:tea { w:hatter w:invited w:alice . _:witness w:name "Dormouse" }
w:hatter w:wears w:hat .
"""
DATASETS = [form for form in GRAPH_FORMATS if form.datasets]


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def loaded(*paths: Path) -> RdfStore:
    return load_rdf(rdf_files(map(str, paths)))


def canonical(quads: object) -> set[ox.Quad]:
    """Give blank nodes the names that follow from what is said of them."""
    dataset = ox.Dataset(quads)  # type: ignore[arg-type]
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_is_read(tmp_path: Path, suffix: str, *, packed: bool) -> None:
    form = SUFFIXES[suffix]
    meant = set(ox.parse(TEA, format=ox.RdfFormat.TURTLE, base_iri="file:///tea"))
    content = ox.serialize(meant, format=form.engine) or b""
    path = tmp_path / f"tea.{suffix}{'.gz' if packed else ''}"
    path.write_bytes(gzip.compress(content) if packed else content)
    data = loaded(path)
    assert len(meant) == 5
    assert canonical(data.queryable) == canonical(meant)
    assert (data.size, data.graphs) == (5, 0)


@pytest.mark.parametrize("form", DATASETS, ids=lambda form: form.suffix)
def test_named_graphs_keep_their_names_beside_their_union(
    tmp_path: Path, form: GraphFormat
) -> None:
    meant = set(ox.parse(COURT, format=ox.RdfFormat.TRIG))
    path = write(tmp_path / f"court.{form.suffix}", ox.serialize(meant, format=form.engine) or b"")
    data = loaded(path)
    named = {quad for quad in meant if quad.graph_name != ox.DefaultGraph()}
    assert len(named) == 5
    assert canonical(data.store) == canonical(named)
    union = {ox.Quad(quad.subject, quad.predicate, quad.object) for quad in meant}
    found = data.queryable.quads_for_pattern(None, None, None, ox.DefaultGraph())
    assert canonical(found) == canonical(union)
    assert (data.size, data.graphs) == (6, 2)


@pytest.mark.parametrize("form", DATASETS, ids=lambda form: form.suffix)
def test_what_is_written_out_is_what_was_read(tmp_path: Path, form: GraphFormat) -> None:
    data = loaded(write(tmp_path / "court.trig", COURT), write(tmp_path / "tea.ttl", TEA))
    again = ox.parse(b"".join(exported(data, form)), format=form.engine)
    court = set(ox.parse(COURT, format=ox.RdfFormat.TRIG))
    tea = set(ox.parse(TEA, format=ox.RdfFormat.TURTLE, base_iri="file:///tea.ttl"))
    # What stands in a named graph is not written again as part of the default graph.
    invited = next(quad for quad in tea if quad.object == ox.NamedNode(E + "alice"))
    assert canonical(again) == canonical((court | tea) - {invited})


@pytest.mark.parametrize(
    "form", [form for form in GRAPH_FORMATS if not form.datasets], ids=lambda form: form.suffix
)
def test_a_format_without_graphs_gets_the_union(tmp_path: Path, form: GraphFormat) -> None:
    data = loaded(write(tmp_path / "court.trig", COURT))
    again = ox.parse(b"".join(exported(data, form)), format=form.engine)
    court = ox.parse(COURT, format=ox.RdfFormat.TRIG)
    assert canonical(again) == canonical(ox.Quad(q.subject, q.predicate, q.object) for q in court)


def test_files_of_several_formats_are_one_data_set(tmp_path: Path) -> None:
    write(tmp_path / "tea.ttl", TEA)
    write(tmp_path / "court.trig", COURT)
    data = load_rdf(rdf_files([str(tmp_path / "*.t*")]))
    assert data.size == 5 + 6 - 1
    assert data.prefixes["w"] == E
    assert data.prefixes["law"] == E + "law#"
    assert data.prefixes["rdfs"] == "http://www.w3.org/2000/01/rdf-schema#"


@pytest.mark.parametrize("size", [1, 2, 5, 100])
@pytest.mark.parametrize("form", DATASETS, ids=lambda form: form.suffix)
def test_what_is_inserted_in_batches_is_the_whole_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: GraphFormat, size: int
) -> None:
    monkeypatch.setattr("sayso.store.insert._BATCH", size)
    meant = set(ox.parse(COURT, format=ox.RdfFormat.TRIG))
    content = ox.serialize(meant, format=form.engine) or b""
    data = loaded(write(tmp_path / f"court.{form.suffix}", content))
    named = {quad for quad in meant if quad.graph_name != ox.DefaultGraph()}
    assert canonical(data.store) == canonical(named)  # a blank node is told of in several batches
    union = {ox.Quad(quad.subject, quad.predicate, quad.object) for quad in meant}
    found = data.queryable.quads_for_pattern(None, None, None, ox.DefaultGraph())
    assert canonical(found) == canonical(union)
    assert data.mixed
    content = ox.serialize(named, format=form.engine) or b""
    assert not loaded(write(tmp_path / f"named.{form.suffix}", content)).mixed


@pytest.mark.parametrize("size", [1, 2, 100])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_a_fault_behind_the_first_batch_has_its_line_and_ends_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, end: bytes
) -> None:
    monkeypatch.setattr("sayso.store.insert._BATCH", size)
    lines = (ox.serialize(ox.parse(COURT, format=ox.RdfFormat.TRIG), format=N_QUADS.engine)) or b""
    before = lines.splitlines()
    broken = [*before, b"", b"<a:s> <a:p> .", *before, b"<a:s> tea ."]
    path = write(tmp_path / "broken.nq", end.join(broken))
    with pytest.raises(BadRdf, match=rf"broken\.nq:{len(before) + 2}:13: this is not N-Quads"):
        loaded(path)
    packed = gzip.compress(end.join(before * 1000))
    with pytest.raises(BadGzip, match="not gzip, or not all of it"):
        loaded(write(tmp_path / "half.nq.gz", packed[: len(packed) - 9]))


@pytest.mark.parametrize("suffix", ["nq", "ttl"])
def test_the_same_label_in_two_files_is_two_nodes(tmp_path: Path, suffix: str) -> None:
    for name in ("alice", "hatter"):
        write(tmp_path / f"{name}.{suffix}", f'_:guest <{E}name> "{name}" .\n' * 2)
    data = loaded(tmp_path / f"alice.{suffix}", tmp_path / f"hatter.{suffix}")
    assert len({quad.subject for quad in data.queryable}) == 2


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "tea.ttl", TEA)
    assert len(rdf_files([str(path), str(tmp_path / "*.ttl")])) == 1


def test_a_relative_iri_tells_nothing_of_the_machine(tmp_path: Path) -> None:
    data = loaded(write(tmp_path / "five o'clock.ttl", "<#party> <of> <../hatter> ."))
    (quad,) = data.queryable
    assert str(tmp_path) not in str(quad)
    assert str(quad.subject) == "<file:///five%20o%27clock.ttl#party>"


def test_the_same_content_has_the_same_version_packed_or_not(tmp_path: Path) -> None:
    path = write(tmp_path / "tea.ttl", TEA)
    packed = write(tmp_path / "tea.ttl.gz", gzip.compress(TEA.encode()))
    other = write(tmp_path / "other.ttl", TEA.replace("Dormouse", "March Hare"))
    assert loaded(path).version == loaded(packed).version != loaded(other).version
    assert loaded(path, other).version not in {loaded(path).version, loaded(other).version}


@pytest.mark.parametrize("name", ["tea", "tea.txt", "tea.gz", "tea.ttl.zip", "ttl", "tea.n3"])
def test_an_unknown_ending_is_one_sentence_that_lists_the_known(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, TEA)
    with pytest.raises(UnknownRdf) as caught:
        rdf_files([str(path)])
    assert str(caught.value).startswith(f"{path}: its ending does not say which RDF this is")
    assert ".ttl, .nt, .jsonld, .rdf, .trig, .nq" in str(caught.value)


def test_a_name_that_no_file_has_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NoRdf, match="no file has such a name"):
        rdf_files([str(tmp_path / "*.ttl")])
    (tmp_path / "folder.ttl").mkdir()
    with pytest.raises(NoFile, match=r"folder\.ttl: there is no such file"):
        loaded(tmp_path / "folder.ttl")


BROKEN = {
    "ttl": ("<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> .\n", 2),
    "nt": ("<urn:a> <urn:b> <urn:c> .\n\n<urn:a> tea <urn:b> .\n", 3),
    "nq": ("<urn:a> <urn:b> <urn:c> <urn:g> .\n<urn:a> <urn:b> tea .\n", 2),
    "trig": ("<urn:g> {\n<urn:a> <urn:b> <urn:c> ,, }\n", 2),
    "jsonld": ('{"@id": "urn:a",\n"urn:b": }\n', 2),
    "rdf": ("<rdf:RDF\n", None),
}


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("suffix", BROKEN)
def test_a_broken_file_is_told_with_its_line(tmp_path: Path, suffix: str, *, packed: bool) -> None:
    content, line = BROKEN[suffix]
    path = tmp_path / f"tea.{suffix}{'.gz' if packed else ''}"
    path.write_bytes(gzip.compress(content.encode()) if packed else content.encode())
    with pytest.raises(BadRdf) as caught:
        loaded(path)
    sentence = str(caught.value)
    assert sentence.startswith(f"{path}:{line}:" if line else f"{path}: this is not RDF/XML")
    assert sentence.count("\n") == 0


def test_a_file_that_is_not_or_not_all_gzip_is_one_sentence(tmp_path: Path) -> None:
    whole = gzip.compress(TEA.encode() * 10_000)
    for content in (TEA.encode(), whole[: len(whole) // 2], whole[:-3], b"", whole[:40] + b"tea"):
        path = write(tmp_path / "tea.ttl.gz", content)
        if content:
            with pytest.raises(BadGzip, match="this is not gzip, or not all of it"):
                loaded(path)
        else:
            assert loaded(path).size == 0


def test_a_byte_order_mark_and_other_bytes_are_one_sentence(tmp_path: Path) -> None:
    path = write(tmp_path / "tea.ttl", b"\xef\xbb\xbf" + TEA.encode())
    with pytest.raises(HasByteOrderMark, match=r"tea\.ttl: the file begins with a byte order mark"):
        loaded(path)
    with pytest.raises(BadRdf, match=r"tea\.ttl:1:.* UTF-8"):
        loaded(write(path, '<urn:a> <urn:b> "Märzhase" .'.encode("latin-1")))


def test_a_file_that_may_not_be_read_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "tea.ttl", TEA)
    path.chmod(0)
    if os.access(path, os.R_OK):  # to the superuser nothing is forbidden

        def forbidden(*given: object) -> None:
            raise PermissionError(13, "Permission denied", str(path))

        monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(Unreadable) as caught:
        loaded(path)
    assert str(caught.value) == f"{path}: this file cannot be read (Permission denied)."


REMOTE = {
    "a context": '{"@context": "ADDRESS", "@id": "urn:a", "urn:p": "x"}',
    "one among others": '{"@context": [{"b": "urn:b"}, "ADDRESS"], "@id": "urn:a", "b": "x"}',
    "an import": '{"@context": {"@import": "ADDRESS"}, "@id": "urn:a", "urn:p": "x"}',
    "one of a term": '{"@context": {"a": {"@id": "urn:a", "@context": "ADDRESS"}}, "a": {"a": 1}}',
    "one deep inside": '{"@id": "urn:a", "urn:p": {"@context": "ADDRESS", "@id": "urn:b"}}',
    "a relative one": '{"@context": "tea.json", "@id": "urn:a", "urn:p": "x"}',
    "a file": '{"@context": "file:///etc/passwd", "@id": "urn:a", "urn:p": "x"}',
}


@pytest.mark.parametrize("what", REMOTE)
def test_a_remote_context_is_refused_and_not_fetched(tmp_path: Path, what: str) -> None:
    with Silent() as silent:
        content = REMOTE[what].replace("ADDRESS", silent.address)
        with pytest.raises(RemoteContext, match="sayso fetches nothing"):
            loaded(write(tmp_path / "tea.jsonld", content))
    assert silent.calls == 0


def test_an_entity_of_another_place_is_not_fetched(tmp_path: Path) -> None:
    with Silent() as silent:
        for address in (silent.address, "file:///etc/passwd"):
            content = f"""<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [<!ENTITY tea SYSTEM "{address}"> <!ENTITY % cup SYSTEM "{address}"> %cup;]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:w="{E}">
<rdf:Description rdf:about="{E}hatter"><w:said>&tea;</w:said></rdf:Description></rdf:RDF>"""
            with pytest.raises(BadRdf):
                loaded(write(tmp_path / "tea.rdf", content))
    assert silent.calls == 0


def test_the_formats_are_those_that_are_written() -> None:
    assert {JSON_LD, N_QUADS, TRIG} == set(DATASETS)
    assert set(SUFFIXES.values()) == set(GRAPH_FORMATS)


@pytest.mark.parametrize("graphs", [1, 3, 4])
@pytest.mark.parametrize("blank", [False, True], ids=["named", "blank"])
def test_the_union_is_the_same_however_it_is_written(
    monkeypatch: pytest.MonkeyPatch, graphs: int, *, blank: bool
) -> None:
    monkeypatch.setattr("sayso.store.union._MANY", 3)
    store = ox.Store()
    names: list[Name] = [ox.NamedNode(f"{E}g{n}") for n in range(graphs)]
    names += [ox.BlankNode("g")] if blank else []
    for name in names:
        for value in ("shared", str(name)):
            store.add(ox.Quad(ox.NamedNode(E), ox.NamedNode(E), ox.Literal(value), name))
    unite(store)
    union = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    assert len(list(union)) == graphs + blank + 1
