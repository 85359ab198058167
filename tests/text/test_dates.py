"""Dates allow the days that EDTF says, and their IRIs tell them."""

import pytest

from sayso.text import dates
from sayso.text.dates import Days, date_iri, days, edtf_of

BASE = "https://example.org/sayso/"


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("1865", "1865-01-01", "1865-12-31"),
        ("1865-11", "1865-11-01", "1865-11-30"),
        ("2004-02", "2004-02-01", "2004-02-29"),
        ("1865-11-26", "1865-11-26", "1865-11-26"),
        ("../1865-11-14", None, "1865-11-14"),
        ("1865-11-14/..", "1865-11-14", None),
        ("1865-06/1865-08", "1865-06-01", "1865-08-31"),
        ("1865?", "1865-01-01", "1865-12-31"),
        ("1865-11~", "1865-11-01", "1865-11-30"),
        ("1865%", "1865-01-01", "1865-12-31"),
        ("186X", "1860-01-01", "1869-12-31"),
        ("0044-03-15", "0044-03-15", "0044-03-15"),
        ("-0044-03-15", "-0044-03-15", "-0044-03-15"),
    ],
)
def test_days_of_a_date(edtf: str, earliest: str | None, latest: str | None) -> None:
    assert days(edtf) == Days(earliest, latest)


@pytest.mark.parametrize(
    ("edtf", "reason"),
    [
        ("/1865", "an open end is written"),
        ("1865/", "an open end is written"),
        ("1865-13", "it is not a date in EDTF"),
        ("1865-02-30", "it is not a date in EDTF"),
        ("2005-1X", "it is not a date in EDTF"),
        ("last summer", "it is not a date in EDTF"),
        ("", "it is not a date in EDTF"),
        ("1865-21", "a season has no days"),
        ("1866/1865", "it ends before it begins"),
    ],
)
def test_what_is_no_date_says_why(
    edtf: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ValueError, match=reason):
        days(edtf)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("edtf", "local"),
    [
        ("1865-11", "1865-11"),
        ("../1865-11-14", "open_1865-11-14"),
        ("1865-06/..", "1865-06_open"),
        ("1865?", "1865%3F"),
        ("1865~", "1865~"),
        ("1865%", "1865%25"),
    ],
)
def test_the_iri_of_a_date_tells_it(edtf: str, local: str) -> None:
    iri = date_iri(edtf, BASE)
    assert iri == f"{BASE}date/{local}"
    assert edtf_of(iri, BASE) == edtf


@pytest.mark.parametrize(
    "written",
    [
        *("2001-09-11", "2000-02-29", "1900-02", "2024-02", "0001-01-01", "9999-12-31", "2001-12"),
        *("../2001-09-10", "2001-09/..", "2001-09/2001-10-02", "2001-09-11/2001-09"),
        *("2001-09-11/2001-09-11", "0001-01/9999-12"),
    ],
)
def test_plain_dates_are_read_as_the_library_reads_them(written: str) -> None:
    assert dates._of_calendar(written) == dates._of_library(written)


@pytest.mark.parametrize(
    "written",
    [
        *("2001-02-29", "2001-13", "2001-00", "2001-09-00", "0000-01", "2001", "2001-21"),
        *("../..", "2001/2002", "2001-09-12/2001-09-11", "2001-02/2001-02-31", "/2001-09-10"),
        *("2001-09-10/", "2001-09/2001-10/2001-11", "2001-09~/2001-10", "../", "2001-09/2001-08"),
    ],
)
def test_other_dates_are_left_to_the_library(written: str) -> None:
    assert dates._of_calendar(written) is None
