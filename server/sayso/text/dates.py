"""Read dates in EDTF (ISO 8601-2:2019): what days they allow, and which IRI they have."""

import re
from calendar import IllegalMonthError, monthrange
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import StringIO
from time import struct_time
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from edtf.parser.parser_classes import EDTFObject

_PLAIN = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")


@dataclass(frozen=True)
class Days:
    """The first and the last day that a date allows, as xsd:date; None where it is open."""

    earliest: str | None
    latest: str | None


_OPEN = Days(None, None)


@lru_cache(maxsize=10_000)
def days(edtf: str) -> Days:
    """Return the days that a date allows; raise ValueError with the reason where it is none.

    A qualifier (``?``, ``~``, ``%``) changes no bound: how far a doubt reaches was not said.
    """
    return _of_calendar(edtf) or _of_library(edtf)


def _of_calendar(edtf: str) -> Days | None:
    """Read plain days and months, and what lies between two, as almost all dates are.

    The library takes 6 ms for each. None where it is something else, or no date at all.
    """
    if "/" not in edtf:
        return _of_plain(edtf)
    first, _, last = edtf.partition("/")
    begin, end = (_OPEN if part == ".." else _of_plain(part) for part in (first, last))
    if begin is None or end is None or first == last == "..":
        return None
    # As strings, days of four-digit years are in their order.
    if begin.earliest and end.latest and begin.earliest > end.latest:
        return None
    return Days(begin.earliest, end.latest)


def _of_plain(edtf: str) -> Days | None:
    written = _PLAIN.fullmatch(edtf)
    if written is None:
        return None
    year, month = int(written[1]), int(written[2])
    try:
        last = date(year, month, int(written[3] or monthrange(year, month)[1]))
    except (ValueError, IllegalMonthError):
        return None
    first = last if written[3] else last.replace(day=1)
    return Days(first.isoformat(), last.isoformat())


def _of_library(edtf: str) -> Days:
    parsed = _parsed(edtf)
    first, last = parsed.lower_strict(), parsed.upper_strict()
    if isinstance(first, struct_time) and isinstance(last, struct_time) and first > last:
        raise ValueError("it ends before it begins")
    return Days(_day(first), _day(last))


def date_iri(edtf: str, base: str) -> str:
    """Name a date, as in ``date/open_2005-11-14`` for ``../2005-11-14``."""
    readable = edtf.replace("..", "open").replace("/", "_")
    return f"{base}date/{quote(readable, safe='_~')}"


def edtf_of(iri: str, base: str) -> str:
    """Return the date that an IRI names; the inverse of date_iri."""
    readable = unquote(iri.removeprefix(base + "date/"))
    return readable.replace("open", "..").replace("_", "/")


def _parsed(edtf: str) -> "EDTFObject":
    # Imported here: it makes its grammar at once, which takes longer than many a command.
    from edtf import parse_edtf  # noqa: PLC0415
    from edtf.parser.edtf_exceptions import EDTFParseException  # noqa: PLC0415
    from edtf.parser.parser_classes import Level2Season, Season  # noqa: PLC0415

    # What python-edtf 5.0.2 raises for a text that is no date, depending on how near it comes.
    faults = (EDTFParseException, AttributeError, LookupError, TypeError, ValueError)
    # python-edtf invents ten years for an end that is left empty, and prints as it fails.
    if edtf.startswith("/") or edtf.endswith("/"):
        raise ValueError('an open end is written ".."')
    try:
        with redirect_stdout(StringIO()):
            parsed: EDTFObject = parse_edtf(edtf)
    except faults as error:
        raise ValueError(
            "it is not a date in EDTF, such as 2005, 2005-11 or ../2005-11-14"
        ) from error
    # No season has days of its own: the library gives each those of the northern hemisphere.
    if isinstance(parsed, Season | Level2Season):
        reason = "a season has no days of its own; give the months that are meant"
        raise ValueError(reason)  # noqa: TRY004 - the value is at fault, whatever class reads it
    return parsed


def _day(bound: struct_time | float) -> str | None:
    if not isinstance(bound, struct_time):
        return None
    sign = "-" if bound.tm_year < 0 else ""
    return f"{sign}{abs(bound.tm_year):04d}-{bound.tm_mon:02d}-{bound.tm_mday:02d}"
