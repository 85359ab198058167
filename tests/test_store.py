"""A folder's files become quads in named graphs, with the PROV-O triples that they imply."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF

from sayso.errors import (
    BadEncoding,
    BadFileName,
    BadSyntax,
    HasByteOrderMark,
    NoBase,
    NoFile,
    NoFolder,
    NoRecords,
    NotAFolder,
    Unreadable,
)
from sayso.paths import HOME, DataFolder
from sayso.store import ClaimStore, load
from sayso.store.files import base_iri, graph_iri, read, read_text, sources
from sayso.terms import BASE, SAYSO, VOCABULARIES

B = "https://wonderland.example/"
PREFIXES = "\n".join(
    f"@prefix {name}: <{VOCABULARIES[name]}> ."
    for name in ("dcterms", "oa", "prov", "sayso", "schema", "void", "xsd")
)
DATASET = f'<{B}dataset> void:uriSpace "{B}" .'
PEOPLE = f'<{B}id/person/hatter> a sayso:Referent , schema:Person ; schema:name "Hatter"@en .'
LINKS = f"<{B}article/trial#c1> sayso:relays <{B}article/pepper#c1> ."
TRIAL = f"""
<> a sayso:Record ; prov:wasGeneratedBy <#encoding> .
<#encoding> a sayso:Encoding ; prov:wasAssociatedWith <{B}id/org/court> .
<#text> a sayso:TextVersion ; sayso:charCount 1204 .
<#somebody> a sayso:UnnamedSource ; dcterms:isPartOf <> .
<#c1> a sayso:Claim ; dcterms:isPartOf <> ; sayso:claimant <#somebody> ; sayso:relays <#c2> .
<#c2> a sayso:Claim ; dcterms:isPartOf <> ; sayso:claimant <{B}id/person/hatter> ;
    sayso:evidence <#c2-span> .
<#c2-span> a sayso:TextSpan ; oa:hasSource <#text> .
<{B}date/1865-11> a sayso:Period ; sayso:earliest "1865-11-01"^^xsd:date .
<{B}id/event/theft> a sayso:ClaimedEvent .
"""


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """Make a folder with a base of its own and one file of each kind."""
    files = {
        "dataset": DATASET,
        "links": LINKS,
        "entities/people": PEOPLE,
        "articles/trial": TRIAL,
    }
    for name, body in files.items():
        write(tmp_path / "graph" / f"{name}.ttl", body)
    return DataFolder(tmp_path)


def write(path: Path, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{PREFIXES}\n{body}\n", encoding="utf-8")


def node(name: str) -> ox.NamedNode:
    """Expand a prefixed name, `#c1` as a part of the trial, or a path under the folder's base."""
    if name == "a":
        return ox.NamedNode(str(RDF.type))
    prefix, colon, local = name.partition(":")
    if colon:
        return ox.NamedNode(VOCABULARIES[prefix] + local)
    return ox.NamedNode(f"{B}article/trial{name}" if name[:1] in ("#", "") else B + name)


def quad(s: str, p: str, o: str, g: str = "article/trial") -> ox.Quad:
    return ox.Quad(node(s), node(p), node(o), node(g))


def written(folder: DataFolder) -> Iterator[ox.Quad]:
    for source in sources(folder, base_iri(folder)):
        yield from read(source)


def test_each_file_is_read_into_the_graph_of_its_place(folder: DataFolder) -> None:
    graphs = {graph.value for graph in load(folder).store.named_graphs()}
    own = {graph for graph in graphs if graph.startswith(B)}
    assert own == {
        B + "article/trial",
        B + "graph/dataset",
        B + "graph/entities/people",
        B + "graph/links",
    }
    words = {f"{BASE}graph/ontology/{path.stem}" for path in (HOME / "ontology").glob("*.ttl")}
    assert {BASE + "graph/ontology/sayso", BASE + "graph/ontology/codes"} <= words
    assert graphs - own == words


def test_no_quad_is_left_outside_the_named_graphs(folder: DataFolder) -> None:
    store = load(folder).store
    assert len(store) > 0
    assert not list(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    assert ox.DefaultGraph() not in {quad.graph_name for quad in store}
    assert not list(load(folder).alone())


def test_relative_iris_begin_with_the_record(folder: DataFolder) -> None:
    store = load(folder).store
    assert quad("#c1", "sayso:relays", "#c2") in store
    assert quad("", "prov:wasGeneratedBy", "#encoding") in store


def test_a_folder_has_the_base_that_its_dataset_names(folder: DataFolder) -> None:
    claims = load(folder)
    assert claims.base == base_iri(folder) == B
    assert claims.prefixes["person"] == B + "id/person/"
    assert claims.prefixes["sayso"] == str(SAYSO)
    assert base_iri(DataFolder()) == BASE


@pytest.mark.parametrize(
    "body",
    [
        "<> a void:Dataset .",
        f'{DATASET} <{B}dataset> void:uriSpace "https://other.example/" .',
        '<> void:uriSpace "down the rabbit hole/" .',
        '<> void:uriSpace "wonderland/" .',
        '<> void:uriSpace "https://wonderland.example" .',
    ],
)
def test_a_base_that_is_not_given_once_as_the_start_of_an_iri_is_refused(
    folder: DataFolder, body: str
) -> None:
    write(folder.dataset, body)
    with pytest.raises(NoBase) as caught:
        load(folder)
    assert str(folder.dataset) in str(caught.value)


def test_the_folder_of_sayso_itself_keeps_its_base_beside_that_of_another() -> None:
    assert graph_iri(HOME / "ontology" / "codes.ttl", DataFolder(HOME), BASE) == (
        BASE + "graph/ontology/codes"
    )


IMPLIED = {
    "attribution": {
        quad("#c1", "prov:wasAttributedTo", "#somebody"),
        quad("#c2", "prov:wasAttributedTo", "id/person/hatter"),
    },
    "whoever is a claimant is an agent": {
        quad("#somebody", "a", "prov:Agent"),
        quad("id/person/hatter", "a", "prov:Agent"),
    },
    "whoever an activity is associated with is an agent": {
        quad("id/org/court", "a", "prov:Agent"),
    },
    "derivation, in the graph that holds the relay": {
        quad("#c1", "prov:wasDerivedFrom", "#c2"),
        ox.Quad(
            node("#c1"),
            node("prov:wasDerivedFrom"),
            node("article/pepper#c1"),
            node("graph/links"),
        ),
    },
    "generation of a record's claims": {
        quad("#c1", "prov:wasGeneratedBy", "#encoding"),
        quad("#c2", "prov:wasGeneratedBy", "#encoding"),
    },
    "a claim's types": {
        quad(claim, "a", above)
        for claim in ("#c1", "#c2")
        for above in ("prov:Entity", "schema:Claim")
    },
    "the types of what else a record holds": {
        quad("", "a", "prov:Entity"),
        quad("#encoding", "a", "prov:Activity"),
        quad("#text", "a", "prov:Entity"),
        quad("#c2-span", "a", "oa:SpecificResource"),
        quad("#somebody", "a", "sayso:Referent"),
        quad("date/1865-11", "a", "time:TemporalEntity"),
        quad("id/event/theft", "a", "sayso:Referent"),
    },
}


@pytest.mark.parametrize("rule", IMPLIED)
def test_what_the_ontology_implies_is_in_the_store(folder: DataFolder, rule: str) -> None:
    assert IMPLIED[rule] <= set(load(folder).store)


def test_nothing_else_is_added_to_what_is_written(folder: DataFolder) -> None:
    expected = set().union(*IMPLIED.values())
    added = set(load(folder).store) - set(written(folder))
    assert {q for q in added if str(q.graph_name).startswith(f"<{B}")} == expected


def test_what_a_record_says_of_a_term_is_not_taken_for_a_rule(folder: DataFolder) -> None:
    rule = f"sayso:supports <{VOCABULARIES['rdfs']}subPropertyOf> prov:wasDerivedFrom ."
    write(folder.articles / "trial.ttl", f"{TRIAL}\n{rule}\n<#c2> sayso:supports <#c1> .")
    store = load(folder).store
    assert quad("#c2", "sayso:supports", "#c1") in store
    assert quad("#c2", "prov:wasDerivedFrom", "#c1") not in store


@pytest.mark.parametrize("name", ["articles/trial", "links", "dataset", "entities/people"])
def test_broken_turtle_is_refused_with_its_place(folder: DataFolder, name: str) -> None:
    path = folder.root / "graph" / f"{name}.ttl"
    write(path, "\n<> sayso:act act:denies .")
    with pytest.raises(BadSyntax) as caught:
        load(folder)
    assert str(caught.value).startswith(f"{path}:9:14: this is not Turtle: ")


def test_a_wrong_encoding_is_refused_with_its_line(folder: DataFolder) -> None:
    path = folder.articles / "trial.ttl"
    path.write_bytes('# one\n# two\n# "Märzhase"\n'.encode("latin-1"))
    with pytest.raises(BadEncoding) as caught:
        load(folder)
    assert str(caught.value).startswith(f"{path}:3: byte 16 ")


def test_a_byte_order_mark_is_refused(folder: DataFolder) -> None:
    path = folder.articles / "trial.ttl"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    with pytest.raises(HasByteOrderMark) as caught:
        load(folder)
    assert str(caught.value).startswith(f"{path}: the file begins with a byte order mark")


def test_a_file_that_may_not_be_read_is_refused_by_name(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder.articles / "trial.ttl"
    path.chmod(0)
    if os.access(path, os.R_OK):  # to the superuser nothing is forbidden
        real = Path.read_bytes

        def forbidden(self: Path) -> bytes:
            if self == path:
                raise PermissionError(13, "Permission denied", str(path))
            return real(self)

        monkeypatch.setattr(Path, "read_bytes", forbidden)
    with pytest.raises(Unreadable) as caught:
        load(folder)
    assert str(caught.value) == f"{path}: this file cannot be read (Permission denied)."


def test_a_text_is_read_with_the_line_ends_it_has(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(b"one\r\ntwo\rthree\n")
    assert read_text(path) == "one\r\ntwo\rthree\n"


def test_a_file_whose_name_cannot_be_in_an_iri_is_refused(folder: DataFolder) -> None:
    (folder.articles / "trial.ttl").rename(folder.articles / "the trial.ttl")
    with pytest.raises(BadFileName, match=r"the trial\.ttl: this name cannot be part of an IRI"):
        load(folder)


def test_a_linked_file_counts_where_it_stands(folder: DataFolder, tmp_path: Path) -> None:
    path = folder.articles / "trial.ttl"
    path.rename(tmp_path / "elsewhere.ttl")
    path.symlink_to(tmp_path / "elsewhere.ttl")
    assert quad("#c1", "sayso:relays", "#c2") in load(folder).store
    (tmp_path / "elsewhere.ttl").unlink()
    with pytest.raises(NoFile, match=r"trial\.ttl: there is no such file"):
        load(folder)


def test_a_missing_folder_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(NoFolder, match="looking-glass: there is no such folder"):
        load(DataFolder(tmp_path / "looking-glass"))


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    path = tmp_path / "tea.ttl"
    path.touch()
    with pytest.raises(NotAFolder):
        load(DataFolder(path))


def test_a_folder_with_no_record_is_refused(folder: DataFolder) -> None:
    (folder.articles / "trial.ttl").unlink()
    with pytest.raises(NoRecords, match="articles: no article is in this folder"):
        load(folder)


def test_a_folder_with_no_dataset_is_refused(folder: DataFolder) -> None:
    folder.dataset.unlink()
    with pytest.raises(NoFile, match=r"dataset\.ttl: there is no such file"):
        load(folder)


def test_an_own_word_list_adds_to_the_words_of_sayso(folder: DataFolder) -> None:
    write(folder.root / "ontology" / "predicates.ttl", f"<{B}predicate/stole> a sayso:Predicate .")
    store = load(folder).store
    own = node("graph/ontology/predicates")
    assert ox.Quad(node("predicate/stole"), node("a"), node("sayso:Predicate"), own) in store
    assert store.contains_named_graph(ox.NamedNode(BASE + "graph/ontology/sayso"))


def test_equal_files_have_equal_versions_and_others_another(
    folder: DataFolder, tmp_path: Path
) -> None:
    before = load(folder).version
    copy = DataFolder(shutil.copytree(folder.root, tmp_path / "copy"))
    assert load(copy).version == before
    path = copy.articles / "trial.ttl"
    write(path, TRIAL.replace("1204", "1205"))
    changed = load(copy).version
    path.rename(copy.articles / "tarts.ttl")
    assert len({before, changed, load(copy).version}) == 3


def test_the_union_beside_the_graphs_has_each_triple_once(folder: DataFolder) -> None:
    write(folder.root / "graph" / "entities" / "again.ttl", PEOPLE)
    claims = load(folder)
    union = list(claims.queryable.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    triples = {(q.subject, q.predicate, q.object) for q in claims.store}
    assert {(q.subject, q.predicate, q.object) for q in union} == triples
    assert len(union) == len(triples) == claims.size
    assert len(claims.store) == len(list(claims.store)) > claims.size


def test_rdflib_sees_all_graphs_as_one(folder: DataFolder) -> None:
    claims = load(folder)
    rows = claims.dataset().query("SELECT ?who { ?claim prov:wasAttributedTo ?who }")
    found = {str(row[0]) for row in rows if isinstance(row, tuple)}
    assert found == {B + "article/trial#somebody", B + "id/person/hatter"}


def test_the_graph_comes_back_from_the_store_as_it_went_in(claims: ClaimStore) -> None:
    """The store rewrites literals that are not in canonical form, so none may be written."""
    files = set(written(DataFolder()))
    assert files
    assert not files - set(claims.store)


def test_nothing_that_is_served_is_a_blank_node(claims: ClaimStore) -> None:
    quads = set(claims.store)
    assert quads
    assert not [q for q in quads if ox.BlankNode in {type(q.subject), type(q.object)}]


def test_prov_alone_finds_who_says_so_and_from_what(claims: ClaimStore) -> None:
    said = pairs(claims, "?a a prov:Entity ; prov:wasAttributedTo ?b")
    assert said
    assert said == pairs(claims, "?a sayso:claimant ?b")
    derived = pairs(claims, "?a prov:wasDerivedFrom+ ?b")
    assert derived
    assert derived == pairs(claims, "?a sayso:relays+ ?b")
    made = pairs(claims, "?a a sayso:Claim ; prov:wasGeneratedBy ?b")
    assert {claim for claim, _ in made} == {claim for claim, _ in said}


def pairs(claims: ClaimStore, pattern: str) -> set[tuple[object, ...]]:
    rows = claims.dataset().query(f"SELECT DISTINCT ?a ?b {{ {pattern} }}")
    return {tuple(row) for row in rows if isinstance(row, tuple)}
