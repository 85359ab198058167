"""Hold the sentences that a user reads when something is wrong with what they gave.

Each class's docstring is its sentence; the facts are filled in by name.
"""

from inspect import cleandoc


class SaysoError(Exception):
    """Something is wrong: {reason}."""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        sentence = cleandoc(type(self).__doc__ or "").replace("\n", " ")
        super().__init__(sentence.format(**facts))


class NoFolder(SaysoError):
    """{path}: there is no such folder; name one with --data DIR, or make one with `sayso init DIR`."""


class NoRecords(SaysoError):
    """{path}: no article is in this folder; put one Turtle file per article there."""


class NoFile(SaysoError):
    """{path}: there is no such file."""


class BadEncoding(SaysoError):
    """{path}:{line}: byte {offset} is not UTF-8; save the file as UTF-8."""


class BadSyntax(SaysoError):
    """{path}:{line}:{column}: this is not {format}: {reason}."""


class NoBase(SaysoError):
    """{path}: it must say where IRIs begin, once: <> void:uriSpace "https://…/" ."""
