"""Each stored question has the answer that was read and found right, row by row."""

import csv
import random
import re
import time
from io import StringIO
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Dataset, URIRef, Variable

from sayso.analysis.derived import load_derived
from sayso.analysis.questions import Question, fitted, question, questions
from sayso.errors import UnknownQuestion, UnknownSetting
from sayso.paths import DataFolder
from sayso.store import ClaimStore
from sayso.store.queries import ask

HERE = Path(__file__).resolve().parent
TRIAL = HERE / "trial"

# Every question that the graph is for. On the trial some are asked about its own people.
ASKED_OF_TRIAL: dict[str, dict[str, str]] = {
    "bare-facts": {},
    "before-a-day": {"day": '"1865-11-25"'},
    "chains-across-works": {},
    "chokepoints": {},
    "circles": {},
    "claims-of-somebody": {"who": "person:duchess-cook"},
    "competing-values": {},
    "contradictions": {},
    "disputes": {},
    "drift": {},
    "encodings": {},
    "ends-of-chains": {},
    "evidence": {"who": "person:king-of-hearts"},
    "independent-origins": {},
    "only-unnamed-sources": {},
    "origins": {},
    "own-voice": {"about": "person:king-of-hearts"},
    "retellings": {},
    "shared-upstream": {},
    "single-sources": {},
    "stances-on-a-statement": {
        "subject": "person:knave-of-hearts",
        "predicate": "p:committed",
    },
    "way-to-the-article": {"who": "person:hatter"},
    "withdrawn-claims": {},
}
NAMES = list(ASKED_OF_TRIAL)
EMPTY_ON_THE_REAL_GRAPH = {"bare-facts", "circles"}


@pytest.fixture(scope="module")
def trial() -> ClaimStore:
    """Load the made-up trial, in which every kind of chain occurs."""
    return load_derived(DataFolder(TRIAL))


def rows(claims: ClaimStore, asked: Question) -> list[list[str]]:
    """Answer a question as rows of strings, the names of the columns first."""
    answer = ask(claims, asked.query, asked.name)
    assert isinstance(answer, ox.QuerySolutions)
    content = answer.serialize(format=ox.QueryResultsFormat.CSV) or b""
    return list(csv.reader(StringIO(content.decode())))


def expected(path: Path) -> list[list[str]]:
    return list(csv.reader(StringIO(path.read_text(encoding="utf-8"))))


def test_every_question_is_stored() -> None:
    assert [found.name for found in questions()] == NAMES


def test_every_answer_belongs_to_a_question() -> None:
    for folder in (HERE / "questions", TRIAL / "questions"):
        assert sorted(path.stem for path in folder.glob("*.csv")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_question_says_what_it_asks_and_how_to_read_the_answer(name: str) -> None:
    found = question(name)
    assert found.title.endswith("?")
    assert found.tells.endswith(".")
    assert found.none.endswith(".")
    assert found.query.startswith(f"# title: {found.title}\n# tells: {found.tells}\n\nPREFIX ")


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_on_the_real_graph(claims: ClaimStore, name: str) -> None:
    found = rows(claims, question(name))
    assert found == expected(HERE / "questions" / f"{name}.csv")
    assert (len(found) == 1) == (name in EMPTY_ON_THE_REAL_GRAPH)


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_on_the_trial(trial: ClaimStore, name: str) -> None:
    found = rows(trial, question(name).asked(ASKED_OF_TRIAL[name]))
    assert found == expected(TRIAL / "questions" / f"{name}.csv")
    assert (len(found) == 1) == (name == "bare-facts")


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_the_rows_does_not_hang_on_the_order_of_loading(
    claims: ClaimStore, trial: ClaimStore, name: str
) -> None:
    for known, asked in (
        (claims, question(name)),
        (trial, question(name).asked(ASKED_OF_TRIAL[name])),
    ):
        assert rows(_shuffled(known), asked) == rows(known, asked)


def _shuffled(claims: ClaimStore) -> ClaimStore:
    quads = list(claims.store)
    random.Random(42).shuffle(quads)
    store = ox.Store()
    for quad in quads:
        store.add(quad)
    return ClaimStore.of(store, claims.base)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_needs_no_prefix_that_it_does_not_declare(name: str) -> None:
    ox.Store().query(question(name).query)


@pytest.fixture(scope="module")
def in_rdflib(trial: ClaimStore) -> Dataset:
    """Load the same quads into rdflib's own store."""
    dataset = Dataset(default_union=True)
    for name in trial.store.named_graphs():
        quads = trial.store.quads_for_pattern(None, None, None, name)
        content = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
        assert isinstance(name, ox.NamedNode)
        dataset.graph(URIRef(name.value)).parse(data=content or b"", format="nt")
    return dataset


# rdflib warns of properties of its own that its own evaluation uses.
@pytest.mark.filterwarnings("ignore:Dataset.(default_context|contexts) is:DeprecationWarning")
@pytest.mark.parametrize("name", NAMES)
def test_a_second_engine_gives_the_same_answer(
    trial: ClaimStore, in_rdflib: Dataset, name: str
) -> None:
    # What only one engine reads as it was meant shows as a difference.
    asked = question(name).asked(ASKED_OF_TRIAL[name])
    first, *ours = rows(trial, asked)
    found = in_rdflib.query(asked.query, initNs=trial.prefixes).bindings
    theirs = [[_lexical(row.get(Variable(column))) for column in first] for row in found]
    assert sorted(theirs) == sorted(ours)


def _lexical(term: object) -> str:
    # rdflib writes the offset of UTC in digits.
    return "" if term is None else str(term).replace("+00:00", "Z")


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_costs_less_than_a_second_of_the_processor(claims: ClaimStore, name: str) -> None:
    assert len(claims.queryable) > 0  # loading and merging are not what is timed
    begin = time.process_time()
    rows(claims, question(name))
    assert time.process_time() - begin < 1


@pytest.mark.parametrize(
    "graph", ["article/white-rabbit-1865-11-26-trial", "graph/entities/people"]
)
def test_a_bare_fact_is_found_in_whatever_file_it_stands(trial: ClaimStore, graph: str) -> None:
    base = trial.base
    fact = ox.Quad(
        ox.NamedNode(base + "id/person/knave-of-hearts"),
        ox.NamedNode(base + "predicate/committed"),
        ox.NamedNode(base + "id/event/theft-of-the-tarts"),
        ox.NamedNode(base + graph),
    )
    assert rows(_with(trial, fact), question("bare-facts"))[1:] == [
        [fact.graph_name.value, fact.subject.value, fact.predicate.value, fact.object.value]  # type: ignore[union-attr]
    ]


def test_a_predicate_of_statements_is_found_wherever_it_states_a_fact(trial: ClaimStore) -> None:
    base = trial.base
    fact = ox.Quad(
        ox.NamedNode(base + "id/person/hatter"),
        ox.NamedNode(base + "predicate/wasAt"),
        ox.NamedNode(base + "id/place/tea-table"),
        ox.NamedNode(base + "graph/links"),
    )
    assert len(rows(_with(trial, fact), question("bare-facts"))) == 2


def test_each_statement_of_the_real_graph_would_be_found_as_a_bare_fact(claims: ClaimStore) -> None:
    found = ask(
        claims,
        "SELECT ?s ?p ?o { ?x sayso:subject ?s ; sayso:predicate ?p ; sayso:object ?o }",
    )
    assert isinstance(found, ox.QuerySolutions)
    graph = ox.NamedNode(claims.base + "graph/entities/people")
    facts = {ox.Quad(row["s"], row["p"], row["o"], graph) for row in found}
    assert len(facts) > 100
    assert len(rows(_with(claims, *facts), question("bare-facts"))) == 1 + len(facts)


def _with(claims: ClaimStore, *quads: ox.Quad) -> ClaimStore:
    store = ox.Store()
    store.extend(claims.store)
    store.extend(quads)
    return ClaimStore.of(store, claims.base)


def test_unnamed_sources_make_the_count_of_origins_a_range(trial: ClaimStore) -> None:
    found = rows(trial, question("independent-origins"))
    ranges = {(row[0], row[1]): (row[2], row[3]) for row in found[1:]}
    # A kitchen hand and a guest, neither of them named: one person or two.
    order = "the Queen of Hearts | ordered | the theft of the tarts"
    assert ranges[order, "affirms"] == ("1", "2")
    # Two who rest on each other: nobody is at the end.
    circle = "the Hatter | was at | the court | 1865-11-25"
    assert ranges[circle, "affirms"] == ("0", "0")


def test_another_echo_adds_no_origin(trial: ClaimStore) -> None:
    herald = ox.NamedNode(trial.base + "article/white-rabbit-1865-11-26-trial#c12")
    echo = ox.NamedNode(trial.base + "article/march-hare-1865-11-27-tea#c99")
    graph = ox.NamedNode(trial.base + "article/march-hare-1865-11-27-tea")
    sayso = trial.prefixes["sayso"]
    more = _with(
        trial,
        ox.Quad(echo, ox.NamedNode(sayso + "relays"), herald, graph),
        ox.Quad(
            echo,
            ox.NamedNode(sayso + "claimant"),
            ox.NamedNode(trial.base + "id/person/queen-of-hearts"),
            graph,
        ),
    )
    twelve = "the Knave of Hearts | took this many tarts | 12 | 1865-11-25"

    def counted(claims: ClaimStore) -> list[str]:
        return next(
            row for row in rows(claims, question("independent-origins")) if row[0] == twelve
        )

    assert counted(more)[2:4] == counted(trial)[2:4] == ["1", "1"]
    assert int(counted(more)[4]) == int(counted(trial)[4]) + 1


def test_a_question_can_be_asked_of_somebody_else() -> None:
    asked = question("way-to-the-article").asked({"who": "person:hatter"})
    assert asked.query.count("VALUES ?who { person:hatter }") == 2
    assert "ramzi" not in asked.query


def test_a_question_has_only_the_settings_that_it_has() -> None:
    with pytest.raises(UnknownSetting, match=r"no place to set \?when; it has \?day"):
        question("before-a-day").asked({"when": "1865"})


@pytest.mark.parametrize("name", NAMES)
def test_a_question_stays_as_it_is_where_the_graph_knows_whom_it_names(
    claims: ClaimStore, name: str
) -> None:
    assert fitted(claims, question(name)) == question(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_names_those_whom_another_graph_speaks_of(trial: ClaimStore, name: str) -> None:
    asked = fitted(trial, question(name))
    assert asked is not None
    assert not re.search(
        "Ramzi|Soleimani|Iran|2001|iran|soleimani|ramzi", asked.title + asked.query
    )
    assert asked.query.startswith(f"# title: {asked.title}\n")
    assert (len(rows(trial, asked)) == 1) == (name == "bare-facts")


def test_the_one_named_instead_has_most_claims_that_somebody_passes_on(trial: ClaimStore) -> None:
    asked = fitted(trial, question("claims-of-somebody"))
    assert asked is not None
    assert asked.title == "What is the March Hare said to claim?"


def test_a_question_has_nobody_to_name_where_nobody_says_anything() -> None:
    nothing = ClaimStore.of([], "https://nobody.example/")
    asked = {name for name in NAMES if fitted(nothing, question(name))}
    named = {name for name in NAMES if question(name).titled}
    assert asked == {*NAMES} - named | {"before-a-day"}


def test_an_unknown_question_is_told_with_those_near_it() -> None:
    with pytest.raises(UnknownQuestion, match="near it: bare-facts"):
        question("bare-fact")
