"""Turtle is read as it was written: every token in its place, every statement with its subject."""

import pytest

from sayso.store.turtle import Kind, blocks, tokens

DOCUMENT = (
    "\ufeff@prefix p: <http://x/> .\r\nBASE <http://base/doc>\r\n"
    "# far\r\n\r\n# near\r\n# nearer\r\n"
    '<#hatter> a p:B.c ; p:x "a#b;."@en , """two\nlines" ""x""" ; p:y [ p:z 1.5 ; p:w ( 2. ) ] ;\n'
    " # inside\n p:k '\u00e9\\u00e9' , -1.e5 , .5 , true ; ; .\n"
    "[ p:a p:b ] p:c _:b1.x . [] p:d p:\\,x%20y . # beside\n"
    "_:b1 p:e <rel> .\n"
)


def test_every_token_stands_where_it_says() -> None:
    assert all(DOCUMENT[t.offset : t.end] == t.text for t in tokens(DOCUMENT))


def test_lines_and_columns_count_from_one_over_crlf_and_byte_order_mark() -> None:
    places = {t.text: (t.line, t.column) for t in tokens(DOCUMENT)}
    assert places["@prefix"] == (1, 1)
    assert places["BASE"] == (2, 1)
    assert places["<#hatter>"] == (7, 1)
    assert places["p:y"] == (8, 17)
    assert places["-1.e5"] == (10, 18)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# a note", Kind.COMMENT),
        ("<http://x/\\u00e9>", Kind.IRI),
        ("p:a.b", Kind.PREFIXED_NAME),
        (":", Kind.PREFIXED_NAME),
        ("a:", Kind.PREFIXED_NAME),
        ("true:x", Kind.PREFIXED_NAME),
        ("p:%20\\,x", Kind.PREFIXED_NAME),
        ("_:a.b", Kind.BLANK_NODE),
        ("@prefix", Kind.DIRECTIVE),
        ("bAsE", Kind.DIRECTIVE),
        ("@en-GB", Kind.LANGTAG),
        ('"""a "" b"""', Kind.STRING),
        ("'a \\' \\n'", Kind.STRING),
        ("''", Kind.STRING),
        ("+1.e-5", Kind.NUMBER),
        (".5", Kind.NUMBER),
        ("12", Kind.NUMBER),
        ("false", Kind.BOOLEAN),
        ("a", Kind.A),
        ("^^", Kind.PUNCTUATION),
    ],
)
def test_each_terminal_is_one_token(text: str, kind: Kind) -> None:
    assert [(t.kind, t.text) for t in tokens(text)] == [(kind, text)]


def test_a_full_stop_behind_a_name_or_number_ends_the_statement() -> None:
    assert [t.text for t in tokens("p:a p:b 12. p:a p:b p:c.")] == [
        *("p:a", "p:b", "12", "."),
        *("p:a", "p:b", "p:c", "."),
    ]


def test_prefix_and_base_behind_a_string_are_language_tags() -> None:
    assert [t.kind for t in tokens('"x"@base')] == [Kind.STRING, Kind.LANGTAG]


def test_what_is_no_terminal_is_named_with_its_place() -> None:
    with pytest.raises(SyntaxError, match="no Turtle begins with") as caught:
        list(tokens("<#a>\n  p:b ~ ."))
    assert (caught.value.lineno, caught.value.offset) == (2, 7)


def test_blocks_carry_their_subject_and_the_comments_above() -> None:
    first, second, hatter, listed, anonymous, last = blocks(DOCUMENT, "http://elsewhere/")
    assert first.is_directive
    assert second.is_directive
    assert hatter.subject == "http://base/doc#hatter"
    assert [c.text for c in hatter.comments] == ["# near", "# nearer"]
    assert listed.subject is None
    assert anonymous.tokens[0].text == "["
    assert (last.subject, last.comments) == ("_:b1", ())
    assert DOCUMENT[last.start : last.end] == "_:b1 p:e <rel> ."


def test_an_escape_in_a_name_is_read() -> None:
    block = blocks("@prefix p: <http://x/> . p:a\\,b p:c p:d .")[1]
    assert block.subject == "http://x/a,b"


def test_an_unfinished_statement_is_given_as_it_is() -> None:
    (block,) = blocks("<http://x/a> <http://x/b>")
    assert [token.text for token in block.tokens] == ["<http://x/a>", "<http://x/b>"]
