"""A draft becomes a tidy record, and what cannot be tidied is told and left as it is."""

import re
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner, Result

from sayso.cli import group
from sayso.errors import CannotWrite, SaysoError
from sayso.paths import DataFolder
from sayso.text.document import Document, read_document
from sayso.text.rewrite import replace
from sayso.text.source import ArticleText
from sayso.text.template import EXAMPLE
from sayso.text.tidy import RECORD_PREFIXES, tidy

Draft = Callable[[str], Document]
Text = Callable[[str], ArticleText]

RECORD = "white-rabbit-1865-11-26-trial"
TEA = "The Hatter drank tea. “It was tea,” he said. All had gone."
ATE = "sayso:states [ sayso:subject person:hatter ; sayso:predicate p:ate ; sayso:object 3 ] ."
CLAIM = "<> a sayso:Record ; dcterms:source work:tea .\n<#c1> a sayso:Claim ; "


def run(runner: CliRunner, *arguments: object) -> Result:
    return runner.invoke(group, ["tidy", *map(str, arguments)])


def digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()


def block(turtle: str, subject: str) -> list[str]:
    """Return the lines below a subject, and fail unless it has exactly one block."""
    parts = [part[part.find(f"{subject}\n") :] for part in turtle.split("\n\n")]
    found = [part for part in parts if part.startswith(f"{subject}\n")]
    assert len(found) == 1, turtle
    return [line.strip() for line in found[0].splitlines()[1:]]


def test_the_draft_of_the_example_becomes_the_example(
    wonderland: DataFolder, runner: CliRunner, checkout: Path
) -> None:
    record = wonderland.articles / f"{RECORD}.ttl"
    text = wonderland.root / "texts" / f"{RECORD}.txt"
    shutil.copy(checkout / "tests" / "text" / "draft.ttl", record)
    result = run(runner, record, "--text", text)
    assert (result.exit_code, result.output) == (0, f"{record}: tidied\n")
    expected = EXAMPLE / "graph" / "articles" / f"{RECORD}.ttl"
    assert record.read_text(encoding="utf-8") == expected.read_text(encoding="utf-8")


def test_all_files_of_the_example_are_tidy(wonderland: DataFolder, runner: CliRunner) -> None:
    files = sorted(wonderland.root.rglob("*.ttl"))
    assert len(files) == 9
    result = run(runner, "--check", *files)
    assert result.exit_code == 0, result.output


def test_evidence_is_placed_and_its_words_go(draft: Draft, text: Text) -> None:
    body = CLAIM + 'sayso:evidence [ oa:exact "tea" ; oa:prefix "drank " ] .'
    written = tidy(draft(body), text(TEA))
    assert "exact" not in written
    assert "drank" not in written
    assert block(written, "<#c1>")[-1] == "sayso:evidence <#c1-span> ."
    assert block(written, "<#c1-span>") == [
        "a sayso:TextSpan ;",
        "oa:hasSource <#text> ;",
        "oa:hasSelector <#char=17,20> ;",
        f'schema:sha256 "{digest("tea")}" .',
    ]
    assert block(written, "<#char=17,20>") == [
        "a oa:TextPositionSelector ;",
        "oa:start 17 ;",
        "oa:end 20 .",
    ]


@pytest.mark.parametrize(
    "evidence",
    [
        "[ oa:start 4 ; oa:end 10 ]",
        "<#char=4,10>",
        '[ oa:exact "Hatter" ]',
        '[ a sayso:TextSpan ; oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact "Hatter" ] ]',
        "[ oa:hasSelector <#char=4,10> ]",
        "<#c1-span> . <#c1-span> oa:hasSelector <#char=4,10>",
        '<#c1-span> . <#c1-span> oa:exact "Hatter" ; schema:sha256 "old"',
        '<#c1-span> . <#c1-span> oa:hasSelector <#w> . <#w> oa:exact "Hatter"',
        "<#c1-span> . <#c1-span> oa:hasSelector <#char=0,1> . <#char=0,1> oa:start 4 ; oa:end 10",
    ],
)
def test_ways_to_give_a_place(evidence: str, draft: Draft, text: Text) -> None:
    plain = tidy(draft(CLAIM + "sayso:evidence [ oa:start 4 ; oa:end 10 ] ."), text(TEA))
    assert tidy(draft(CLAIM + f"sayso:evidence {evidence} ."), text(TEA)) == plain
    assert block(plain, "<#c1-span>")[-1] == f'schema:sha256 "{digest("Hatter")}" .'


def test_several_places_are_numbered_in_the_order_of_the_text(draft: Draft, text: Text) -> None:
    body = (
        CLAIM + 'sayso:evidence [ oa:exact "All" ] , [ oa:exact "The" ] , [ oa:exact "he said" ] .'
    )
    written = tidy(draft(body), text(TEA))
    found = [block(written, f"<#c1-span{number}>")[2] for number in ("", "-2", "-3")]
    assert found == [
        "oa:hasSelector <#char=0,3> ;",
        "oa:hasSelector <#char=36,43> ;",
        "oa:hasSelector <#char=45,48> ;",
    ]


def test_new_evidence_takes_the_name_of_the_old(draft: Draft, text: Text) -> None:
    article = text(TEA)
    once = tidy(draft(CLAIM + 'sayso:evidence [ oa:exact "The" ] .'), article)
    body = once.replace("sayso:evidence <#c1-span>", 'sayso:evidence [ oa:exact "All" ]')
    written = tidy(draft(body), article)
    assert block(written, "<#c1-span>")[2] == "oa:hasSelector <#char=45,48> ;"
    assert "char=0,3>" not in written
    assert "span-2" not in written


def test_positions_are_code_points_of_the_file_as_it_is(draft: Draft, text: Text) -> None:
    article = text("😀 Ko\u0308nigin\r\nsprach: „Tee“.")
    written = tidy(draft(CLAIM + 'sayso:evidence [ oa:exact "sprach" ] .'), article)
    assert block(written, "<#c1-span>")[2] == "oa:hasSelector <#char=12,18> ;"
    assert "sayso:charCount 26 ;" in block(written, "<#text>")


def test_the_text_is_described(draft: Draft, text: Text) -> None:
    written = tidy(draft(CLAIM + "sayso:act act:reports ."), text(TEA))
    assert block(written, "<#text>") == [
        "a sayso:TextVersion ;",
        "dcterms:isVersionOf work:tea ;",
        "dcterms:conformsTo textform:verbatim-1 ;",
        f"sayso:charCount {len(TEA)} ;",
        f'schema:sha256 "{digest(TEA)}" ;',
        *("sayso:sentence", "<#s1> ,", "<#s2> ,", "<#s3> ."),
    ]
    assert block(written, "<#s2>")[2] == "oa:hasSelector <#char=22,44> ;"


def test_sentences_mended_by_hand_stay(draft: Draft, text: Text) -> None:
    article = text(TEA)
    body = "<> a sayso:Record . <#text> a sayso:TextVersion ; sayso:sentence <#s1> , <#s2> .\n"
    body += "<#s1> oa:hasSelector <#char=0,44> . <#s2> oa:hasSelector <#char=45,58> ."
    written = tidy(draft(body), article)
    assert block(written, "<#s1>")[3] == f'schema:sha256 "{digest(TEA[:44])}" .'
    assert "<#s3>" not in written


def test_an_omission_waits_for_its_sentence(draft: Draft, text: Text) -> None:
    body = "<> a sayso:Record .\n<#s3> a sayso:TextSpan ; sayso:omitted omission:noClaim ."
    waiting = tidy(draft(body))
    assert "<#s3>" in waiting
    written = tidy(draft(waiting), text(TEA))
    assert block(written, "<#s3>")[-1] == "sayso:omitted omission:noClaim ."


def test_statements_and_dates_get_their_names(draft: Draft) -> None:
    body = CLAIM + (
        'sayso:saidOn "1865" ; sayso:states [ sayso:subject person:hatter ; '
        "sayso:predicate p:wasAt ; sayso:object place:court ; "
        'sayso:eventDate "../1865-11-14"^^edtf:EDTF ; schema:contentLocation place:court ] .'
    )
    written = tidy(draft(body))
    said = [line for line in block(written, "<#c1>") if "stmt:" in line]
    iri = said[0].removeprefix("sayso:states ").removesuffix(" ;")
    assert iri.startswith("stmt:hatter-was-at-court-")
    assert block(written, iri) == [
        "a sayso:Statement ;",
        "sayso:subject person:hatter ;",
        "sayso:predicate p:wasAt ;",
        "sayso:object place:court ;",
        "sayso:eventDate date:open_1865-11-14 ;",
        "schema:contentLocation place:court .",
    ]
    assert block(written, "date:open_1865-11-14") == [
        "a sayso:Period ;",
        'sayso:edtf "../1865-11-14"^^edtf:EDTF ;',
        'sayso:latest "1865-11-14"^^xsd:date .',
    ]
    assert block(written, "date:1865")[2] == 'sayso:earliest "1865-01-01"^^xsd:date ;'


def test_an_edited_statement_gets_another_name_and_the_old_goes(draft: Draft) -> None:
    once = tidy(draft(CLAIM + ATE))
    again = tidy(draft(once.replace("sayso:object 3", "sayso:object 4")))
    assert "stmt:hatter-ate-3-" in once
    assert "stmt:hatter-ate-4-" in again
    assert "ate-3" not in again


def test_equal_statements_of_two_claims_are_one(draft: Draft) -> None:
    written = tidy(draft(f"{CLAIM}{ATE}\n<#c2> a sayso:Claim ; {ATE}"))
    assert written.count("a sayso:Statement") == 1
    assert written.count("stmt:hatter-ate-3-") == 3


@pytest.mark.parametrize("date", ['[ sayso:edtf "1865-11" ]', '"1865-11"', "date:1865-11"])
def test_ways_to_give_a_date(date: str, draft: Draft) -> None:
    prefix = "@prefix date: <https://example.org/sayso/date/> .\n"
    written = tidy(draft(f"{prefix}{CLAIM}sayso:saidOn {date} ."))
    assert block(written, "<#c1>")[-1] == "sayso:saidOn date:1865-11 ."
    assert block(written, "date:1865-11")[-1] == 'sayso:latest "1865-11-30"^^xsd:date .'


def test_stale_days_of_a_date_go(draft: Draft) -> None:
    prefix = "@prefix date: <https://example.org/sayso/date/> .\n"
    stale = 'date:open_1865 sayso:edtf "1799" ; sayso:earliest "1799-01-01" ; sayso:latest "1800" .'
    written = tidy(draft(f"{prefix}{CLAIM}sayso:saidOn date:open_1865 .\n{stale}"))
    assert block(written, "date:open_1865") == [
        "a sayso:Period ;",
        'sayso:edtf "../1865"^^edtf:EDTF ;',
        'sayso:latest "1865-12-31"^^xsd:date .',
    ]


def test_blocks_stand_in_reading_order(draft: Draft, text: Text) -> None:
    body = CLAIM.replace("c1", "c10") + 'sayso:evidence [ oa:exact "All" ] .\n'
    body += '<#c2> a sayso:Claim ; sayso:evidence <#s1> ; sayso:saidOn "1865" ; sayso:states '
    body += "[ sayso:subject person:hatter ; sayso:predicate p:ate ; sayso:object 3 ] .\n"
    body += "<#cook> a sayso:UnnamedSource .\n<#encoding> a sayso:Encoding ."
    written = tidy(draft(body), text(TEA))
    subjects = [part.split("\n")[0] for part in written.split("\n\n")[1:]]
    assert [subject.split("-ate-")[0] for subject in subjects] == [
        *("<>", "<#text>", "<#encoding>", "<#cook>", "<#c2>", "<#c10>", "<#c10-span>"),
        *("stmt:hatter", "date:1865", "<#s1>", "<#s2>", "<#s3>"),
        *("<#char=0,21>", "<#char=22,44>", "<#char=45,48>", "<#char=45,58>"),
    ]


def test_claims_and_unnamed_sources_are_part_of_the_record(draft: Draft) -> None:
    written = tidy(draft(CLAIM + "sayso:claimant <#cook> .\n<#cook> a sayso:UnnamedSource ."))
    assert "dcterms:isPartOf <> ;" in block(written, "<#c1>")
    assert "dcterms:isPartOf <> ." in block(written, "<#cook>")


def test_comments_move_with_their_blocks(draft: Draft, text: Text) -> None:
    body = "# on the record\n" + CLAIM.replace("c1", "c9").replace("\n", "\n# on nine\n")
    body += (
        'sayso:evidence [ # the place\n oa:exact "All" ] . # done\n# on two\n<#c2> a sayso:Claim .'
    )
    written = tidy(draft(body), text(TEA))
    assert "# on two\n<#c2>\n" in written
    assert "# on nine\n# the place\n# done\n<#c9>\n" in written
    assert written.index("# on the record") < written.index("<>")
    assert tidy(draft(written), text(TEA)) == written


def test_the_comment_of_a_block_that_goes_stays(draft: Draft) -> None:
    written = tidy(draft(CLAIM + "sayso:act act:reports .\n# why\n<#old> a sayso:TextSpan ."))
    assert "<#old>" not in written
    assert written.endswith("\n# why\n")


@pytest.mark.parametrize(
    ("draft_body", "sentences"),
    [
        (
            'sayso:evidence [ oa:exact "treacle" ] .',
            ["{path}:15: the words 'treacle' stand in 0 places of {text}; give them exactly"],
        ),
        (
            'sayso:act act:reports ;\n sayso:evidence [ oa:exact "tea" ] .',
            ["{path}:16: the words 'tea' stand in 2 places of {text}; add oa:prefix or oa:suffix"],
        ),
        (
            "sayso:evidence [ oa:start 5 ; oa:end 99 ] .",
            ["{path}:15: <#c1> is at 5 to 99, and the text has the positions 0 to 58;"],
        ),
        (
            "sayso:evidence <#char=7,7> .",
            ["{path}:15: <#c1> is at 7 to 7, and the text has the positions 0 to 58;"],
        ),
        ("sayso:evidence [] .", ["{path}:15: <#c1> names no place in the text; give it oa:exact"]),
        (
            'sayso:saidOn "1865-13" .',
            ["{path}:15: '1865-13' cannot be used as a date: it is not a date in EDTF"],
        ),
        ("sayso:saidOn [] .", ["{path}:15: '[ … ]' cannot be used as a date: it needs one"]),
        (
            "sayso:states [ sayso:subject person:hatter, person:dormouse ; sayso:object 3 ] .",
            [
                "{path}:15: what <#c1> states has 0 values of sayso:predicate;",
                "{path}:15: what <#c1> states has 2 values of sayso:subject;",
            ],
        ),
        (
            "sayso:evidence <#c1-span> .\n"
            '<#c1-span> oa:hasSelector <#char=0,3> ; schema:sha256 "0" .',
            ["{path}:16: what stands at 0 to 3 is not what <#c1-span> was made from; mend the"],
        ),
        (
            'sayso:evidence [ oa:exact "jam" ] .\n<#c2> a sayso:Claim ; sayso:saidOn "/1865" .',
            ["{path}:15: the words 'jam'", "{path}:16: '/1865' cannot be used as a date: an open"],
        ),
    ],
)
def test_what_is_wrong_is_told_and_nothing_written(
    draft_body: str, sentences: list[str], draft: Draft, text: Text, runner: CliRunner
) -> None:
    document, article = draft(CLAIM + draft_body), text(TEA)
    result = run(runner, document.path, "--text", article.path)
    assert isinstance(result.exception, SaysoError), result.output
    told = str(result.exception).splitlines()
    assert len(told) == len(sentences)
    for sentence, start in zip(told, sentences, strict=True):
        assert sentence.startswith(start.format(path=document.path, text=article.path)), sentence
    assert document.path.read_text(encoding="utf-8") == document.content
    assert [path.name for path in document.path.parent.iterdir() if "tidy-" in path.name] == []


def test_another_text_is_refused(wonderland: DataFolder, text: Text, runner: CliRunner) -> None:
    record, article = wonderland.articles / f"{RECORD}.ttl", text(TEA)
    before = record.read_bytes()
    known = digest((wonderland.root / "texts" / f"{RECORD}.txt").read_text(encoding="utf-8"))
    result = run(runner, record, "--text", article.path)
    assert str(result.exception) == (
        f"{record}: the record was made from the text with SHA-256 {known}, and {article.path} has "
        f"{digest(TEA)}; give that text, or see with `sayso verify {record} --text {article.path}` "
        "which places still hold."
    )
    assert record.read_bytes() == before


def test_an_empty_text_is_refused(draft: Draft, text: Text, runner: CliRunner) -> None:
    document, article = draft(CLAIM + "sayso:act act:reports ."), text(" \n")
    result = run(runner, document.path, "--text", article.path)
    assert str(result.exception) == f"{article.path}: no words are in this text."


@pytest.mark.parametrize(
    "evidence", ['[ oa:exact "tea" ]', "[ oa:start 1 ; oa:end 2 ]", "<#char=1,2>"]
)
def test_without_the_text_evidence_cannot_be_placed(
    evidence: str, draft: Draft, runner: CliRunner
) -> None:
    document = draft(CLAIM + f"sayso:evidence {evidence} .")
    result = run(runner, document.path)
    assert str(result.exception) == (
        f"{document.path}:15: the evidence of <#c1> can be found only in the text; "
        "give it with --text FILE."
    )


def test_without_the_text_a_tidy_record_stays_as_it_is(
    wonderland: DataFolder, runner: CliRunner
) -> None:
    record = wonderland.articles / f"{RECORD}.ttl"
    result = run(runner, record)
    assert (result.exit_code, result.output) == (0, f"{record}: tidy\n")


def test_check_writes_nothing_and_says_so(draft: Draft, text: Text, runner: CliRunner) -> None:
    document, article = draft(CLAIM + 'sayso:evidence [ oa:exact "All" ] .'), text(TEA)
    arguments = (document.path, "--text", article.path)
    result = run(runner, "--check", *arguments)
    assert result.exit_code == 1
    told = f"{document.path}: not tidy; `sayso tidy {document.path} --text {article.path}` would"
    assert result.output.startswith(told)
    assert document.path.read_text(encoding="utf-8") == document.content
    assert run(runner, *arguments).exit_code == 0
    assert run(runner, "--check", *arguments).exit_code == 0


def test_the_folder_of_a_file_gives_its_iris_their_base(draft: Draft, runner: CliRunner) -> None:
    document = draft(CLAIM + 'sayso:saidOn "1865" .')
    assert run(runner, document.path).exit_code == 0
    written = document.path.read_text(encoding="utf-8")
    assert "@prefix date: <https://example.org/sayso/date/> ." in written


def test_a_file_outside_any_folder_is_a_record_of_the_given_one(
    tmp_path: Path, wonderland: DataFolder, runner: CliRunner
) -> None:
    path = tmp_path / "tea.ttl"
    path.write_text("<> a <https://w3id.org/sayso/ns#Record> . <#a> a <#b> .")
    assert run(runner, path, "--data", wonderland.root).exit_code == 0
    assert "<>\n    a sayso:Record .\n\n<#a>" in path.read_text(encoding="utf-8")
    assert read_document(path, wonderland).iri == "https://example.org/sayso/article/tea"


def test_the_draft_that_the_readme_shows_becomes_a_record_that_keeps_every_rule(
    wonderland: DataFolder, text: Text, runner: CliRunner, checkout: Path
) -> None:
    readme = (checkout / "graph" / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^   ```turtle\n(.*?)^   ```$", readme, re.MULTILINE | re.DOTALL)
    record = wonderland.articles / "white-rabbit-1865-11-26-tarts.ttl"
    record.write_text(dedent(shown), encoding="utf-8")
    article = text("Asked by the King, the Hatter swore that he never went near the tarts.")
    result = run(runner, record, "--text", article.path)
    assert (result.exit_code, result.output) == (0, f"{record}: tidied\n")
    checked = runner.invoke(group, ["check", "--data", str(wonderland.root)])
    assert (checked.exit_code, checked.output) == (
        0,
        "Nothing to mend in 14 files with 20 claims.\n",
    )


def test_the_prefixes_that_the_next_edit_may_need_stay(draft: Draft) -> None:
    document = draft(
        "@prefix tea: <x:tea#> .\n@prefix book: <https://schema.org/> .\n<> a sayso:Record ."
    )
    once = tidy(document)
    for name in (*RECORD_PREFIXES, "tea", "book"):
        assert once.count(f"@prefix {name}: ") == 1, name
    assert "@prefix book: <https://schema.org/> ." in once
    document.path.write_text(once + '\n<#c1> skos:editorialNote "tea:" .\n', encoding="utf-8")
    again = tidy(read_document(document.path, DataFolder()))
    assert [line for line in again.splitlines() if line not in once.splitlines()] == [
        "<#c1>",
        '    skos:editorialNote "tea:" .',
    ]


def test_the_prefix_of_the_project_is_written_rather_than_one_of_the_files_own(
    draft: Draft,
) -> None:
    document = draft('@prefix a: <https://schema.org/> .\n<> a sayso:Record ; a:url "x" .')
    written = tidy(document)
    assert 'schema:url "x"' in written
    assert "@prefix a: <https://schema.org/> ." in written


def test_a_file_that_is_no_record_keeps_its_own_prefixes_and_gets_no_others(
    wonderland: DataFolder,
) -> None:
    path = wonderland.root / "graph" / "entities" / "teas.ttl"
    path.write_text(
        "@prefix schema: <https://schema.org/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<x:tea> skos:prefLabel "tea"@en .',
        encoding="utf-8",
    )
    head = tidy(read_document(path, wonderland)).split("\n\n")[0].splitlines()
    assert [line.split()[1] for line in head] == ["schema:", "skos:"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<> a <#b>\n ,", "tea.ttl:2:"),
        (b"\n\xff", "tea.ttl:2: byte 1 is not UTF-8"),
        (None, "tea.ttl: there is no such file."),
        (
            b'<> <#b> "x" .\n<> oa:exact "y" .\n',
            "tea.ttl:2: the prefix oa: is declared nowhere in the file; "
            "add at its top: @prefix oa: <http://www.w3.org/ns/oa#> .",
        ),
        (
            b"<> <#b> [ <#b> person:hatter ] .",
            "add at its top: @prefix person: <https://example.org/sayso/id/person/> .",
        ),
        (b"<> <#b> tea:pot .", "tea.ttl:1:9: this is not Turtle: The prefix tea: has not been"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    content: bytes | None, sentence: str, wonderland: DataFolder, runner: CliRunner
) -> None:
    path = wonderland.articles / "tea.ttl"
    if content is not None:
        path.write_bytes(content)
    result = run(runner, path)
    assert isinstance(result.exception, SaysoError)
    assert sentence in str(result.exception)


def test_a_triple_term_is_refused(draft: Draft) -> None:
    with pytest.raises(SaysoError, match="a triple is quoted as a term here"):
        draft("<#a> sayso:states <<( <#a> <#b> <#c> )>> .")


def test_a_failed_write_leaves_the_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "tea.ttl"
    path.write_text("before")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(CannotWrite, match="No space left on device"):
        replace(path, "after")
    assert [each.name for each in tmp_path.iterdir()] == ["tea.ttl"]
    assert path.read_text() == "before"


def test_a_rewritten_file_keeps_its_mode_and_its_link(tmp_path: Path) -> None:
    path, link = tmp_path / "tea.ttl", tmp_path / "link.ttl"
    path.write_text("before")
    path.chmod(0o640)
    link.symlink_to(path)
    replace(link, "after\n")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("after\n", 0o640)
    assert link.is_symlink()


def test_the_article_keeps_its_sentences(
    article_text: Path, wonderland: DataFolder, runner: CliRunner
) -> None:
    path = wonderland.articles / "tea.ttl"
    path.write_text("<> a <https://w3id.org/sayso/ns#Record> .")
    assert run(runner, path, "--text", article_text).exit_code == 0
    written = path.read_text(encoding="utf-8")
    assert written.count("a sayso:TextSpan") == 46
    assert "sayso:charCount 6127 ;" in written
