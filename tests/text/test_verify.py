"""Verify says of each span whether its words still stand, and what no claim covers."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sayso.cli import group
from sayso.errors import NoTextVersion, NotTidied, SaysoError
from sayso.paths import DataFolder
from sayso.text.document import Document, read_document
from sayso.text.findings import Comparison, Coverage, Outcome
from sayso.text.overlap import words
from sayso.text.source import ArticleText
from sayso.text.tidy import tidy
from sayso.text.verify import verify

Draft = Callable[[str], Document]
Text = Callable[[str], ArticleText]

TEA = "The Hatter drank tea. “It was tea,” he said. All had gone."
RECORD = "<> a sayso:Record .\n"


def claim(number: int, words: str) -> str:
    return f'<#c{number}> a sayso:Claim ; sayso:evidence [ oa:exact "{words}" ] .\n'


def run(runner: CliRunner, *arguments: object) -> Result:
    return runner.invoke(group, ["verify", *map(str, arguments)])


@pytest.fixture
def compare(draft: Draft, text: Text) -> Callable[[str, str], Comparison]:
    """Tidy a draft with the tea text, and verify it against another."""

    def make(body: str, other: str) -> Comparison:
        tidied = tidy(draft(RECORD + body), text(TEA))
        document = draft("")
        document.path.write_text(tidied, encoding="utf-8")
        return verify(read_document(document.path, DataFolder()), text(other))

    return make


Compare = Callable[[str, str], Comparison]


@pytest.mark.parametrize(
    ("other", "outcome", "found"),
    [
        (TEA, Outcome.EXACT, [(45, 48)]),
        (TEA.replace("All", "All, All"), Outcome.EXACT, [(45, 48)]),
        (TEA.replace("The", "😀 The"), Outcome.MOVED, [(47, 50)]),
        ("All" + TEA[:45], Outcome.MOVED, [(0, 3)]),
        ("All " + TEA, Outcome.AMBIGUOUS, [(0, 3), (49, 52)]),
        (TEA.replace("All", "all"), Outcome.GONE, []),
        ("Al", Outcome.GONE, []),
    ],
)
def test_the_four_outcomes_of_a_span(
    other: str, outcome: Outcome, found: list[tuple[int, int]], compare: Compare
) -> None:
    comparison = compare(claim(1, "All"), other)
    span = next(span for span in comparison.spans if span.span == "<#c1-span>")
    assert (span.outcome, list(span.found), span.claims) == (outcome, found, ("<#c1>",))
    assert span.place == (45, 48)


def test_a_span_at_the_end_that_is_cut_off_is_gone(compare: Compare) -> None:
    comparison = compare(claim(1, "gone."), TEA[:-1])
    span = next(span for span in comparison.spans if span.span == "<#c1-span>")
    assert span.outcome is Outcome.GONE


def test_a_place_that_reaches_behind_the_text_is_not_exact(draft: Draft, text: Text) -> None:
    article = text(TEA)
    body = f'<#text> a sayso:TextVersion ; schema:sha256 "{article.sha256}" .\n'
    body += "<#c1> a sayso:Claim ; sayso:evidence <#e> .\n<#e> oa:hasSelector <#char=45,99> ; "
    body += f'schema:sha256 "{text("All had gone.").sha256}" .'
    comparison = verify(draft(RECORD + body), article)
    assert comparison.spans[0].outcome is Outcome.GONE


def test_the_four_kinds_of_coverage(compare: Compare) -> None:
    body = claim(1, "Hatter") + claim(2, "All had") + "<#s3> sayso:omitted omission:noClaim .\n"
    sentences = compare(body, TEA).sentences
    assert [(s.sentence, s.coverage, s.claims, s.reason) for s in sentences] == [
        ("<#s1>", Coverage.COVERED, ("<#c1>",), None),
        ("<#s2>", Coverage.UNCOVERED, (), None),
        ("<#s3>", Coverage.BOTH, ("<#c2>",), "noClaim"),
    ]
    omitted = compare(claim(1, "Hatter") + "<#s3> sayso:omitted omission:noClaim .\n", TEA)
    assert omitted.sentences[2].coverage is Coverage.OMITTED


def test_a_sentence_that_is_evidence_is_covered(compare: Compare) -> None:
    comparison = compare("<#c1> a sayso:Claim ; sayso:evidence <#s2> .", TEA)
    assert comparison.sentences[1].claims == ("<#c1>",)


def test_one_span_may_cover_several_sentences(compare: Compare) -> None:
    comparison = compare(claim(1, "tea. “It was tea,” he said. A"), TEA)
    assert comparison.holds
    assert {sentence.coverage for sentence in comparison.sentences} == {Coverage.COVERED}


def test_text_in_no_sentence_or_in_two_is_found(compare: Compare) -> None:
    mended = (
        "<#text> a sayso:TextVersion ; sayso:sentence <#s1> , <#s2> .\n"
        "<#s1> oa:hasSelector <#char=0,24> . <#s2> oa:hasSelector <#char=22,44> ."
    )
    comparison = compare(mended + claim(1, TEA[:30]), TEA)
    assert comparison.gaps == ((45, 58),)
    assert comparison.overlaps == ((22, 24),)
    assert not comparison.holds


def test_a_record_without_sentences_covers_nothing(draft: Draft, text: Text) -> None:
    article = text(TEA)
    body = f'<#text> a sayso:TextVersion ; schema:sha256 "{article.sha256}" .'
    comparison = verify(draft(RECORD + body), article)
    assert comparison.gaps == ((0, len(TEA)),)
    assert not comparison.holds


def test_new_sentences_of_an_edited_text_are_found(compare: Compare) -> None:
    comparison = compare(claim(1, TEA), TEA.replace(" All", " More came. All"))
    assert comparison.gaps == ((45, 55),)


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ('<#c1> sayso:paraphrase "He says the hatter drank TEA it was tea, he!"@en .', 17),
        ('<#c1> skos:editorialNote "hatter\\ndrank tea it was tea he said all"@en .', 17),
        ('<#c1> sayso:states [ sayso:object "drank tea it was tea he said all" ] .', 17),
        ("# Hatter drank tea. It was tea, he said.\n<#c2> a sayso:Claim .", 17),
    ],
)
def test_eight_copied_words_are_found_wherever_they_stand(
    place: str, line: int, draft: Draft, text: Text
) -> None:
    placed = claim(1, "All").replace('[ oa:exact "All" ]', "<#s1>")
    sentence = "<#s1> oa:hasSelector <#char=0,3> ; schema:sha256 "
    sentence += f'"{text("The").sha256}" . <#text> a sayso:TextVersion ; '
    body = f'{sentence} schema:sha256 "{text(TEA).sha256}" ; sayso:sentence <#s1> .'
    comparison = verify(draft(RECORD + placed + body + "\n" + place), text(TEA))
    assert [copy.line for copy in comparison.copies] == [line]
    assert len(comparison.copies[0].words.split()) >= 8
    assert not comparison.holds


def test_seven_words_are_no_copy(compare: Compare) -> None:
    body = claim(1, TEA) + '<#c1> sayso:paraphrase "Hatter drank tea. It was tea, he"@en .'
    comparison = compare(body, TEA)
    assert comparison.copies == ()
    assert comparison.holds


def test_words_are_compared_without_case_marks_and_apostrophes() -> None:
    assert words("Don't — DON\u2019T, 9-11 Ko\u0308") == ["dont", "dont", "9", "11", "ko"]


def test_the_example_holds(wonderland: DataFolder, runner: CliRunner) -> None:
    text = next((wonderland.root / "texts").iterdir())
    result = run(runner, "--text", text, "--data", wonderland.root)
    record = wonderland.records()[0]
    assert (result.exit_code, result.output.splitlines()) == (
        0,
        [
            f"{record} against {text}",
            "  text: the one the record was made from, 790 characters",
            "  spans: 23 exact",
            "  sentences: 10 covered, 1 omitted",
            "  all holds",
        ],
    )


def test_an_edited_example_is_compared_when_its_record_is_named(
    wonderland: DataFolder, runner: CliRunner
) -> None:
    text, record = next((wonderland.root / "texts").iterdir()), wonderland.records()[0]
    before = text.read_text(encoding="utf-8")
    text.write_text("Oyez! " + before.replace("twelve", "ten"), encoding="utf-8")
    result = run(runner, record, "--text", text, "--data", wonderland.root)
    assert result.exit_code == 1
    assert "  text: not the one the record was made from" in result.output
    assert "  spans: 21 moved, 2 gone" in result.output
    assert "    <#c1-span> of <#c1>, 0 to 71: moved to 6 to 77" in result.output
    assert "  0 to 5: no sentence of the record stands here" in result.output
    assert result.output.endswith("  not all holds\n")


def test_json_holds_every_span_and_sentence(wonderland: DataFolder, runner: CliRunner) -> None:
    text = next((wonderland.root / "texts").iterdir())
    arguments = ("--text", text, "--data", wonderland.root, "--format", "json")
    found = json.loads(run(runner, *arguments).output)
    assert [each["holds"] for each in found] == [True]
    assert found[0]["expected"] == found[0]["found"]
    assert found[0]["spans"][0] == {
        "span": "<#c1-span>",
        "place": {"start": 0, "end": 71},
        "outcome": "exact",
        "found": [{"start": 0, "end": 71}],
        "claims": ["<#c1>"],
    }
    assert found[0]["sentences"][10] == {
        "sentence": "<#s11>",
        "place": {"start": 742, "end": 789},
        "coverage": "omitted",
        "claims": [],
        "reason": "boilerplate",
    }


def test_everything_is_listed_on_request(wonderland: DataFolder, runner: CliRunner) -> None:
    text = next((wonderland.root / "texts").iterdir())
    output = run(runner, "--all", "--text", text, "--data", wonderland.root).output
    assert output.count(": exact\n") == 23
    assert "    <#s11>, 742 to 789: omitted (boilerplate)\n" in output


def test_a_text_of_no_record_is_named_with_both_hashes(
    wonderland: DataFolder, text: Text, runner: CliRunner
) -> None:
    article = text(TEA)
    known = ArticleText(
        Path(), next((wonderland.root / "texts").iterdir()).read_text(encoding="utf-8")
    ).sha256
    result = run(runner, "--text", article.path, "--data", wonderland.root)
    assert isinstance(result.exception, SaysoError)
    assert str(result.exception) == (
        f"{article.path}: this text has SHA-256 {article.sha256}, and the records in "
        f"{wonderland.articles} were made from {known}; to compare it all the "
        "same, name the record."
    )


def test_a_record_without_a_text_or_a_place_is_named(draft: Draft, text: Text) -> None:
    article = text(TEA)
    with pytest.raises(NoTextVersion, match="this record was made from no text"):
        verify(draft(RECORD + "<#c1> a sayso:Claim ."), article)
    known = f'<#text> a sayso:TextVersion ; schema:sha256 "{article.sha256}" .\n'
    with pytest.raises(NotTidied, match=r":16: <#c1-span> has no place or no hash"):
        verify(
            draft(known + "\n<#c1-span> a sayso:TextSpan . <#c1> sayso:evidence <#c1-span> ."),
            article,
        )


def test_a_missing_text_is_named(tmp_path: Path, runner: CliRunner) -> None:
    result = run(runner, "--text", tmp_path / "tea.txt")
    assert str(result.exception) == f"{tmp_path / 'tea.txt'}: there is no such file."


def test_the_article_holds(article_text: Path, runner: CliRunner) -> None:
    result = run(runner, "--text", article_text)
    assert result.exit_code == 0, result.output
    assert result.output.endswith("  all holds\n")
