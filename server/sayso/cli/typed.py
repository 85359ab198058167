"""Take what was typed as UTF-8 or not at all."""

from sayso.errors import ArgumentNotUtf8


def in_utf8(words: str, argument: str) -> str:
    """Return what was typed for an argument; raise ArgumentNotUtf8.

    Bytes that are not UTF-8 reach a program as lone surrogates (PEP 383).
    """
    try:
        words.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ArgumentNotUtf8(argument=argument) from error
    return words
