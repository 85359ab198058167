"""Of Turtle that is none, a reader is told where, and what to do."""

from pathlib import Path

import pytest

from sayso.errors import BadSyntax
from sayso.store.files import Source, read


@pytest.mark.parametrize(
    ("text", "place", "advice"),
    [
        ("<a> <p> <b>\n<c> <p> <d> .", (2, 1), "end the statement before it with a full stop"),
        ("<a> <p> <b>", (1, 12), "end the last statement with a full stop"),
        ('<é> <p> "ü" ,\n "x .\n', (2, 2), "something that begins here is never closed"),
        ("<a> <p> 1 , .", (1, 13), "give an object, or take away the comma"),
        ("<a> <p> [ <q> 1 .", (1, 17), "close the bracket"),
        ("<a> <p> True .", (1, 9), "write true or false in small letters"),
        ("<a> <p> <b c> .", (1, 9), "write %20 for a space"),
        ("<a> <p> <b%zz> .", (1, 9), "write the IRI as it is defined"),
        ('<a> <p> "\\q" .', (1, 10), "write \\\\ for a backslash"),
        ('<a> <p> "a"@ .', (1, 13), "write a language such as @en"),
        ("@prefix x <http://x/> .", (1, 9), "write @prefix, the prefix with its colon"),
        ("<a> <p> “x” .", (1, 9), "write straight quotation marks"),
        ('<a> "p" <b> .', (1, 5), "a literal can only be an object"),
        ("{ <a> <b> <c> }", (1, 1), "name the file .trig"),
        ("<a> b <c> .", (1, 5), "a name with its prefix, or a for the type"),
        ('<a> <p> "x"y .', (1, 12), "end what stands before it"),
        ("<a> <p> _: .", (1, 9), "give the node a label"),
        ("<a> <p> tea:pot .", (1, 9), "declare it at the top with @prefix tea: <…>."),
        ("<a> act:x <b> .", (1, 5), "@prefix act: <https://w3id.org/sayso/code/act/>."),
    ],
)
def test_what_is_broken_is_told_with_its_place_and_what_to_do(
    tmp_path: Path, text: str, place: tuple[int, int], advice: str
) -> None:
    file = tmp_path / "broken.ttl"
    file.write_text(text, "utf-8")
    with pytest.raises(BadSyntax) as caught:
        read(Source(file, "http://x/"))
    told = str(caught.value)
    assert told.startswith(f"{file}:{place[0]}:{place[1]}: this is not Turtle: ")
    assert f"; {advice}" in told or advice in told.partition("; ")[2]
    assert told.endswith(".")
    assert not told.endswith("..")
