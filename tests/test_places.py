"""A finding points at the triple at fault, where a person would point at it.

Each place below was counted by hand, in the text as it is printed here.
"""

import gzip
import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from sayso.cli import group
from sayso.store.files import Source
from sayso.validation.finding import Place
from sayso.validation.places import Places
from sayso.validation.script import Script
from sayso.validation.steps import Steps

X = "http://x/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
HEAD = f"@prefix : <{X}> .\n"

PLAIN = (
    HEAD
    + ":a :p :b .\n:a :q :c ;\n   :r :d, :e ,\n  :f ;\n a :T ; ; :s 1 .\n:b :p :a . :c :p :a .\n"
)
TYPED = HEAD + ":a :p :b .\n\n:c :p :a .\n  :a a :T ; :q :e .\n"
TREES = (
    HEAD
    + ":a :p [ :q :b ;\n"  # 2
    + "  :r [ :s 1, 2 ] ] ;\n"  # 3
    + "  :t [] , [ a :T ] .\n"  # 4
    + "[ :u :b ] :v :c ; :w :d .\n"  # 5
    + " [ :y :z ] .\n"  # 6
    + "_:n :o _:m . _:m :o\n\t_:n .\n"  # 7, 8
)
LISTS = (
    HEAD
    + ":a :p ( :b\n  :c 3 ) ;\n"  # 2, 3
    + "  :q () , ( ( :d ) [ :r :e ] ) .\n"  # 4
    + '( "x" ) :s ( "y" :f "z"@en ) .\n'  # 5
)
NAMES = (
    f"PREFIX : <{X}> BASE <{X}deep/>\n"
    + f"@prefix long-name: <{X}l/> . @prefix é: <{X}é/> .\n"
    + "<../a> :p <b>, <>, <#frag> .\n"  # 3
    + ":c\\,d :p long-name:x.y , é:ü, :%20 .\n"  # 4
    + f"<{X}e> a long-name: ; <{X}\\u0070> : .\n"  # 5
    + "@base <http://y/> . <a> :p <a> ; :q :a\\-b.\n"  # 6
)
TEXTS = (
    HEAD
    + ':a :p """one\ntwo "" three\n""" , :b ;\n'  # 2 to 4
    + "  :q '''it's'''@en-GB , \"x # no comment ; .\" ; # a comment . ; ,\n"  # 5
    + '  :r "1"^^:T, "1"^^ :U , \'a\\"b\\\\\' ;\n'  # 6
    + "  :s -1.5e3 , .5 , +7 , true , 7. \n"  # 7
    + ':b :t "\U0001f600" , "after" ; :u "a"@en, "a", "a"@fr .\n'  # 8
)
CRLF = ':a :p """one\r\ntwo""" ;\r\n  :q :b .\r\n\r\n:b :q 1 .\r\n'
CR = ":a :p :b .\r:b :p :c .\r\n\r :c :p :d ."


def places(tmp_path: Path, text: str) -> tuple[Places, list[ox.Quad]]:
    """Read a text as the check does, and find places in it."""
    source = Source(tmp_path / "text.ttl", X)
    source.path.write_bytes(text.encode())
    plain = text.removeprefix("\ufeff")
    quads = list(ox.parse(plain, format=ox.RdfFormat.TURTLE, base_iri=X))
    return Places([Script(source, quads)]), quads


def begin(place: Place | None) -> Place | None:
    """Leave out where it ends."""
    return place and Place(place.path, place.line, place.column)


def term(written: str, quads: list[ox.Quad]) -> str:
    """Read `p>`, the first thing that p gives, `>p`, the first thing that has p, or a name."""
    if ">" not in written:
        return written[1:] if written.startswith("=") else X + written
    predicate = ox.NamedNode(X + written.strip(">"))
    quad = next(quad for quad in quads if quad.predicate == predicate)
    found = quad.object if written.endswith(">") else quad.subject
    assert not isinstance(found, ox.Triple)
    return found.value


@pytest.mark.parametrize(
    ("text", "sought", "line", "column"),
    [
        # the value, in lists of predicates and of objects
        (PLAIN, ("a", "p", "b"), 2, 7),
        (PLAIN, ("a", "q", "c"), 3, 7),
        (PLAIN, ("a", "r", "d"), 4, 7),
        (PLAIN, ("a", "r", "e"), 4, 11),
        (PLAIN, ("a", "r", "f"), 5, 3),
        (PLAIN, ("a", "s", "=1"), 6, 14),
        (PLAIN, ("a", f"={RDF}type", "T"), 6, 4),
        (PLAIN, ("b", "p", "a"), 7, 7),
        (PLAIN, ("c", "p", "a"), 7, 18),
        # the predicate where no such value is given, or none is at fault
        (PLAIN, ("a", "r", "nothing"), 4, 4),
        (PLAIN, ("a", "r", None), 4, 4),
        (PLAIN, ("a", f"={RDF}type", None), 6, 2),
        (PLAIN, ("c", "p", None), 7, 15),
        # the subject where a triple is missing; where its type is told, if it is
        (PLAIN, ("b", "q", None), 7, 1),
        (PLAIN, ("c", "missing", "b"), 7, 12),
        (TYPED, ("a", "missing", None), 5, 3),
        (TYPED, ("c", None, None), 4, 1),
        # where it is named, if nothing is said of it
        (TYPED, ("e", None, None), 5, 16),
        (TYPED, ("b", "p", None), 2, 7),
        (TYPED, ("a", None, "e"), 5, 16),
        # nodes without a name
        (TREES, ("p>", "q", "b"), 2, 12),
        (TREES, ("p>", "q", None), 2, 9),
        (TREES, ("p>", "missing", None), 2, 7),
        (TREES, ("a", "p", "p>"), 2, 7),
        (TREES, ("r>", "s", "=2"), 3, 14),
        (TREES, ("r>", None, None), 3, 6),
        (TREES, ("t>", None, None), 4, 6),
        (TREES, ("a", "t", None), 4, 3),
        (TREES, (">u", "u", "b"), 5, 6),
        (TREES, (">v", "w", "d"), 5, 22),
        (TREES, (">u", "missing", None), 5, 1),
        (TREES, (">y", "y", "z"), 6, 7),
        (TREES, (">y", None, None), 6, 2),
        (TREES, ("=n", "o", "=m"), 7, 8),
        (TREES, ("=m", "o", "=n"), 8, 2),
        (TREES, ("=m", "missing", None), 7, 14),
        # collections: a cell stands where its item does, the first one where the list begins
        (LISTS, ("a", "p", None), 2, 4),
        (LISTS, ("a", "p", "p>"), 2, 7),
        (LISTS, ("p>", f"={RDF}first", "b"), 2, 9),
        (LISTS, ("p>", f"={RDF}rest", None), 3, 3),
        (LISTS, ("p>", "missing", None), 2, 7),
        (LISTS, ("a", "q", f"={RDF}nil"), 4, 6),
        (LISTS, ("d", None, None), 4, 15),
        (LISTS, (">r", "r", "e"), 4, 25),
        (LISTS, (">s", f"={RDF}first", "=x"), 5, 3),
        (LISTS, ("s>", f"={RDF}first", "=y"), 5, 14),
        (LISTS, ("f", None, None), 5, 18),
        (LISTS, ("=z", None, None), 5, 21),
        # names: with prefixes, relative, escaped, and after a new base
        (NAMES, ("a", "p", "deep/b"), 3, 11),
        (NAMES, ("a", "p", "deep/"), 3, 16),
        (NAMES, ("a", "p", "deep/#frag"), 3, 20),
        (NAMES, ("c,d", "p", "l/x.y"), 4, 10),
        (NAMES, ("c,d", "p", "é/ü"), 4, 26),
        (NAMES, ("c,d", "p", "%20"), 4, 31),
        (NAMES, ("e", f"={RDF}type", "l/"), 5, 16),
        (NAMES, ("e", "p", ""), 5, 47),
        (NAMES, ("=http://y/a", "p", "=http://y/a"), 6, 28),
        (NAMES, ("=http://y/a", "q", "a-b"), 6, 37),
        # literals: over several lines, of every form, and what only looks like a sign
        (TEXTS, ("a", "p", '=one\ntwo "" three\n'), 2, 7),
        (TEXTS, ("a", "p", "b"), 4, 7),
        (TEXTS, ("a", "q", "=it's"), 5, 6),
        (TEXTS, ("a", "q", "=x # no comment ; ."), 5, 25),
        (TEXTS, ("a", "r", None), 6, 3),
        (TEXTS, ("a", "r", '=a"b\\'), 6, 26),
        (TEXTS, ("a", "s", "=-1.5e3"), 7, 6),
        (TEXTS, ("a", "s", "=.5"), 7, 15),
        (TEXTS, ("a", "s", "=+7"), 7, 20),
        (TEXTS, ("a", "s", "=true"), 7, 25),
        (TEXTS, ("a", "s", "=7"), 7, 32),
        (TEXTS, ("b", "t", "=after"), 8, 13),
        (TEXTS, ("b", "u", "=a"), 8, 26),
        # ends of lines, and a byte order mark, which is no column
        (HEAD + CRLF, ("a", "p", "=one\r\ntwo"), 2, 7),
        (HEAD + CRLF, ("a", "q", "b"), 4, 6),
        (HEAD + CRLF, ("b", "q", "=1"), 6, 7),
        (HEAD + CR, ("a", "p", "b"), 2, 7),
        (HEAD + CR, ("b", "p", "c"), 3, 7),
        (HEAD + CR, ("c", "p", "d"), 5, 8),
        (f"\ufeff<{X}a> <{X}p> 1, 2 .", ("a", "p", "=2"), 1, 30),
        (f"\ufeff<{X}a> <{X}p> 1 .", ("a", "missing", None), 1, 1),
        ("\ufeff" + HEAD + CRLF, ("b", "q", "=1"), 6, 7),
        (f"{HEAD}:a\t:p\t:b .", ("a", "p", "b"), 2, 7),
    ],
)
def test_a_place_is_where_a_person_points(
    tmp_path: Path, text: str, sought: tuple[str, str | None, str | None], line: int, column: int
) -> None:
    found, quads = places(tmp_path, text)
    terms = [None if each is None else term(each, quads) for each in sought]
    assert terms[0] is not None
    place = found.find(terms[0], *terms[1:])
    assert begin(place) == Place(tmp_path / "text.ttl", line, column)


@pytest.mark.parametrize(
    ("text", "sought", "end"),
    [
        # names: the column behind the last character, which a tab or a prefix makes no wider
        (PLAIN, ("a", "r", "f"), (5, 5)),
        (TYPED, ("a", "missing", None), (5, 5)),
        (NAMES, ("a", "p", "deep/b"), (3, 14)),
        (NAMES, ("c,d", "p", "l/x.y"), (4, 23)),
        (NAMES, ("c,d", "p", "é/ü"), (4, 29)),
        (TEXTS, ("a", "r", None), (6, 5)),
        # a node without a name, and a list, where the bracket opens
        (TREES, ("p>", "missing", None), (2, 8)),
        (LISTS, ("a", "p", "p>"), (2, 8)),
        (LISTS, ("p>", f"={RDF}rest", None), (3, 5)),
        # literals with their language or datatype, over several lines, escaped, beyond the BMP
        (TEXTS, ("a", "p", '=one\ntwo "" three\n'), (4, 4)),
        (TEXTS, ("a", "q", "=it's"), (5, 22)),
        (TEXTS, ("a", "q", "=x # no comment ; ."), (5, 45)),
        (TEXTS, ("a", "r", "=1"), (6, 13)),
        (TEXTS, ("a", "r", '=a"b\\'), (6, 34)),
        (TEXTS, ("a", "s", "=-1.5e3"), (7, 12)),
        (TEXTS, ("a", "s", "=true"), (7, 29)),
        (TEXTS, ("a", "s", "=7"), (7, 33)),
        (TEXTS, ("b", "t", "=\U0001f600"), (8, 10)),
        (TEXTS, ("b", "t", "=after"), (8, 20)),
        (TEXTS, ("b", "u", "=a"), (8, 32)),
        (f'{HEAD}:a :p "x"^^\n  :T .', ("a", "p", "=x"), (3, 5)),
        # ends of lines, and a byte order mark
        (HEAD + CRLF, ("a", "p", "=one\r\ntwo"), (3, 7)),
        (HEAD + CRLF, ("a", "q", "b"), (4, 8)),
        (HEAD + CR, ("c", "p", "d"), (5, 10)),
        (f"\ufeff<{X}a> <{X}p> 1, 2 .", ("a", "p", "=2"), (1, 31)),
    ],
)
def test_what_is_pointed_at_ends_where_a_person_would_say(
    tmp_path: Path, text: str, sought: tuple[str, str | None, str | None], end: tuple[int, int]
) -> None:
    found, quads = places(tmp_path, text)
    terms = [None if each is None else term(each, quads) for each in sought]
    assert terms[0] is not None
    place = found.find(terms[0], *terms[1:])
    assert place is not None
    assert (place.end_line, place.end_column) == end


@pytest.mark.parametrize(
    ("focus", "steps", "value", "place"),
    [
        ("a", ("pq", ""), "b", (2, 12)),  # :p / :q
        ("a", ("prs", ""), "=2", (3, 14)),  # :p / :r / :s
        ("c", ("", "v"), ">u", (5, 1)),  # ^:v
        ("a", ("p", ""), "c", (2, 1)),  # never come upon
    ],
)
def test_the_value_of_a_path_is_named_where_the_path_comes_upon_it(
    tmp_path: Path, focus: str, steps: tuple[str, str], value: str, place: tuple[int, int]
) -> None:
    found, quads = places(tmp_path, TREES)
    there, back = (frozenset(X + predicate for predicate in each) for each in steps)
    pointed = found.point(X + focus, None, term(value, quads), steps=Steps(there, back))
    assert begin(pointed) == Place(tmp_path / "text.ttl", *place)


def test_a_value_that_the_focus_has_itself_comes_before_the_path(tmp_path: Path) -> None:
    found, _ = places(tmp_path, HEAD + ":x :q :v .\n:a :p :x ; :other :v .\n")
    place = found.point(X + "a", None, X + "v", steps=Steps(frozenset({X + "q"}), frozenset()))
    assert begin(place) == Place(tmp_path / "text.ttl", 3, 19)


def test_what_a_closed_shape_has_no_room_for_is_the_property(tmp_path: Path) -> None:
    found, _ = places(tmp_path, PLAIN)
    place = found.point(X + "a", X + "r", X + "e", closed=True)
    assert begin(place) == Place(tmp_path / "text.ttl", 4, 4)


def test_the_steps_of_a_path_are_read_with_their_direction() -> None:
    path = "[ <s> ( <p> [ sh:inversePath <q> ] [ sh:zeroOrMorePath <r> ] ) ; <no> <no> ] ."
    head = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    quads = ox.parse(head + path, format=ox.RdfFormat.TURTLE, base_iri=X)
    triples = [quad.triple for quad in quads]
    (listed,) = (str(t.object)[2:] for t in triples if t.predicate.value == X + "s")
    there, back = frozenset({X + "p", X + "r"}), frozenset({X + "q"})
    assert Steps.of(listed, triples) == Steps(there, back)


def test_of_several_files_the_one_that_says_it_is_named(tmp_path: Path) -> None:
    one, two = Source(tmp_path / "one.ttl", X), Source(tmp_path / "two.ttl", X)
    one.path.write_text("<a> <p> <b> .\n", "utf-8")
    two.path.write_text("\n<a> <p> <c> ; a <T> .\n", "utf-8")
    found = Places.of([one, two])
    assert begin(found.find(X + "a", X + "p", X + "c")) == Place(two.path, 2, 9)
    assert begin(found.find(X + "a", X + "p", X + "d")) == Place(one.path, 1, 5)
    assert begin(found.find(X + "a", X + "q")) == Place(two.path, 2, 1)
    assert found.find(X + "nowhere") is None


def test_a_file_that_has_changed_since_claims_no_line(tmp_path: Path) -> None:
    found, _ = places(tmp_path, PLAIN)
    (tmp_path / "text.ttl").write_text(PLAIN.replace(":e ,", ""), "utf-8")
    assert begin(found.find(X + "a", X + "p", X + "b")) == Place(tmp_path / "text.ttl")


@pytest.mark.parametrize(("old", "new"), [(":d", ":x"), (":r", ":x"), (":c", "_:c"), ("1", "2")])
def test_triples_that_do_not_fit_the_text_have_no_place_in_it(
    tmp_path: Path, old: str, new: str
) -> None:
    found, _ = places(tmp_path, PLAIN)
    (tmp_path / "text.ttl").write_text(PLAIN.replace(old, new), "utf-8")
    assert begin(found.find(X + "b", X + "p", X + "a")) == Place(tmp_path / "text.ttl")


QUADS = (
    '<http://x/a> <http://x/p> "one"^^<http://x/T> <http://x/g> .\n'
    "# a comment .\n"
    "<http://x/a> <http://x/q> <http://x/b> .\r\n"
    '_:n <http://x/q> "two"@en _:g .\n_:n <http://x/p> _:m .\n'
)
GRAPHS = "@prefix : <http://x/> .\n:g { :a :p :b . :a :q 1 }\nGRAPH :h {\n  :a :q 2 . }\n"


@pytest.mark.parametrize(
    ("name", "text", "sought", "place"),
    [
        ("d.nq", QUADS, ("a", "p", "=one"), (1, 27)),
        ("d.nq", QUADS, ("a", "q", "b"), (3, 27)),
        ("d.nq", QUADS, ("=n", "q", "=two"), (4, 18)),
        ("d.nq", QUADS, ("=n", "p", None), (5, 5)),
        ("d.nq", QUADS, ("a", "r", None), (1, 1)),
        ("d.nt", "<http://x/a> <http://x/p> 'no' .", ("a", "p", None), None),
        ("d.nt", '\n<http://x/a> <http://x/p> "b" .', ("a", "p", "=b"), (2, 27)),
        ("d.trig", GRAPHS, ("a", "q", "=1"), (2, 23)),
        ("d.trig", GRAPHS, ("a", "q", "=2"), (4, 9)),
        ("d.TTL", "<a> <p> <b> .", ("a", "p", "b"), (1, 9)),
        ("d.jsonld", '{"@id": "http://x/a", "http://x/p": 1}', ("a", "p", "=1"), ()),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_places_are_found_in_every_format_that_has_lines(
    tmp_path: Path,
    name: str,
    text: str,
    sought: tuple[str, str | None, str | None],
    place: tuple[int, ...] | None,
    *,
    packed: bool,
) -> None:
    source = Source(tmp_path / (name + ".gz" * packed), X)
    content = text.encode()
    source.path.write_bytes(gzip.compress(content) if packed else content)
    terms = [None if each is None else term(each, []) for each in sought]
    assert terms[0] is not None
    found = Places.of([source]).find(terms[0], *terms[1:])
    assert begin(found) == (None if place is None else Place(source.path, *place))


@pytest.mark.parametrize(
    "text",
    [
        "<http://x/\\u0061b> <p> 1 .",
        "@prefix x: <http://x/a> . x:b <p> 1 .",
        "PREFIX : <http://x/> :ab <p> 1 .",
    ],
)
def test_a_name_is_found_however_it_is_written(tmp_path: Path, text: str) -> None:
    source = Source(tmp_path / "text.ttl", X)
    source.path.write_text(text, "utf-8")
    found = Places.of([source]).find(X + "ab", X + "p", "1")
    assert begin(found) == Place(source.path, 1, text.index("1 .") + 1)


def test_the_subject_s_own_document_comes_first(tmp_path: Path) -> None:
    other, own = (
        Source(tmp_path / "links.ttl", X + "links"),
        Source(tmp_path / "own.ttl", X + "own"),
    )
    other.path.write_text("<own#c> <p> <b>, <d> .\n", "utf-8")
    own.path.write_text("\n<#c> a <T> ; <p> <e> .\n", "utf-8")
    found = Places.of([other, own])
    assert begin(found.find(X + "own#c", X + "p")) == Place(own.path, 2, 14)
    assert begin(found.find(X + "own#c", X + "q")) == Place(own.path, 2, 1)
    assert begin(found.find(X + "own#c", X + "p", X + "d")) == Place(other.path, 1, 18)


def test_a_file_that_cannot_name_the_subject_is_not_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = [Source(tmp_path / f"{n}.ttl", f"{X}{n}") for n in range(5)]
    for number, source in enumerate(sources):
        source.path.write_text(f"<#thing-{number}> <p> 1 .\n", "utf-8")
    read: list[str] = []
    quads = vars(Script)["quads"]

    def watched(script: Script) -> object:
        read.append(script.path.name)
        return quads.func(script)

    monkeypatch.setattr(Script, "quads", property(watched))
    assert begin(Places.of(sources).find(f"{X}3#thing-3", X + "p")) == Place(sources[3].path, 1, 12)
    assert set(read) == {"3.ttl"}


RULES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix : <http://x/> .
:p a sh:NodeShape ; sh:targetClass :Person ; sh:closed true ; sh:ignoredProperties ( :tag :a
    <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ) ;
  sh:property :zip , :known , :tags , :named .
:zip sh:path ( :a :zip ) ; sh:maxLength 5 .
:known sh:path [ sh:inversePath :knows ] ; sh:class :Person .
:tags sh:path :tag ; sh:maxCount 1 .
:named sh:path :name ; sh:minCount 1 .
:T a sh:NodeShape ; sh:targetSubjectsOf :zip ; sh:property :city .
:city sh:path :city ; sh:minCount 1 .
"""
PEOPLE = """@prefix : <http://x/> .
:a a :Person ; :a [
     :zip "1234567" ] ;
   :tag "x", "y" ; :odd
     1 .
:b :knows :a .
"""


@pytest.mark.parametrize("engine", ["auto", "pyshacl"])
def test_either_engine_s_results_stand_where_they_should(tmp_path: Path, engine: str) -> None:
    (tmp_path / "s.ttl").write_text(RULES, "utf-8")
    (tmp_path / "d.ttl").write_text(PEOPLE, "utf-8")
    line = ["check", "--no-cache", "--format", "json", "--engine", engine]
    line += ["--shapes", str(tmp_path / "s.ttl"), str(tmp_path / "d.ttl")]
    found = json.loads(CliRunner().invoke(group, line).output)
    assert [(each["code"], each["line"], each["column"]) for each in found] == [
        ("named", 2, 1),
        ("city", 2, 19),
        ("zip", 3, 11),
        ("tags", 4, 4),
        ("p", 4, 20),
        ("known", 6, 1),
    ]
