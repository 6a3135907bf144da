"""The file of the CADA: what is written is read back, and what is broken is told with its line."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.opinions.domain.layout import (
    FAULTS,
    HEADER,
    OtherLayout,
    Row,
    check_header,
    read_day,
    read_row,
    write_rows,
)
from contrechamp.opinions.domain.records import records
from tests.opinions.invented import row

HEAD = ",".join(HEADER)


def read(text: str) -> tuple[list[Row], list[tuple[int, str]]]:
    """Return the rows of a file, and the lines and codes of its faults."""
    found = records(text.splitlines(keepends=True))
    check_header(next(found).cells)
    rows, told = [], []
    for record in found:
        one, faults = read_row(record)
        rows += [one] if one else []
        told += [(fault.line, fault.code) for fault in faults]
    assert {code for _, code in told} <= set(FAULTS)
    return rows, told


words = st.lists(
    st.sampled_from(["a", "é", ",", '"', ";", "œuvre", "l'an", "20990009"]), max_size=6
)
lines = words.map(" ".join)
texts = st.lists(words.filter(bool).map(" ".join), max_size=4).map("\n\n".join)
rows_of_files = st.builds(
    Row,
    number=st.integers(10_000_000, 99_999_999).map(str),
    administration=lines,
    kind=st.sampled_from(["AVIS", "CONSEIL", "SANCTION"]),
    year=st.just(2022),
    session_on=st.dates(date(2022, 1, 1), date(2022, 12, 31)),
    subject=texts,
    themes=lines,
    keywords=lines,
    senses=lines,
    part=st.sampled_from(["", "I", "II", "III", "IV"]),
    text=texts,
)


@given(st.lists(rows_of_files, max_size=4))
def test_what_is_written_is_read_back(written: list[Row]) -> None:
    assert read("".join(write_rows(written))) == (written, [])


def test_a_mark_semicolons_and_entities_are_read() -> None:
    text = "\ufeff" + HEAD.replace(",", ";") + "\r\n"
    text += '20990001;"Mairie";avis;2022;01/02/2022;"Le &quot;plan&quot;";;;Favorable;III;'
    text += '"Un\r\nmot"\r\n'
    (one,), told = read(text)
    assert (one.subject, one.text, one.session_on) == ('Le "plan"', "Un\nmot", date(2022, 2, 1))
    assert told == []


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ("20990001,Mairie,Avis,2022\n", ["columns"]),
        ("2099,Mairie,Avis,2022,01/02/2022,,,,Favorable,III,Mot\n", ["number"]),
        ("20990001,Mairie,Lettre,2022,01/02/2022,,,,Favorable,III,Mot\n", ["type"]),
        ("20990001,Mairie,Avis,2022,31/02/2022,,,,Favorable,III,Mot\n", ["session"]),
        ("20990001,Mairie,Avis,2022,2022-02-01,,,,Favorable,III,Mot\n", ["session"]),
        ("20990001,Mairie,Avis,hier,,,,,Favorable,III,Mot\n", ["year"]),
        ("20990001,Mairie,Avis,2021,01/02/2022,,,,Favorable,III,Mot\n", ["year"]),
        ("20990001,Mairie,Avis,2022,01/02/2022,,,,Favorable,V,Mot\n", ["part"]),
        ("20990001,Mairie,Avis,2022,01/02/2022,,,,Favorable,III,M\ufffdt\n", ["letters"]),
        ('20990001,Mairie,Avis,2022,01/02/2022,,,,Favorable,III,"Mot\n', ["quote"]),
        ("20990001,Mai\x00rie,Avis,2022,01/02/2022,,,,Favorable,III,Mot\n", []),
        ("\n\n", []),
    ],
)
def test_what_is_not_understood_is_told(record: str, told: list[str]) -> None:
    assert read(f"{HEAD}\n{record}")[1] == [(2, code) for code in told]


def test_an_open_quote_does_not_eat_the_next_opinion() -> None:
    good = "20990002,Mairie,Avis,2022,01/02/2022,,,,Favorable,III,Mot\n"
    broken = '20990001,Mairie,Avis,2022,01/02/2022,,,,Favorable,III,"Un mot\nsans fin\n'
    rows, told = read(f"{HEAD}\n{broken}{good}")
    assert [one.number for one in rows] == ["20990002"]
    assert told == [(2, "quote")]


def test_a_day_is_never_read_as_a_month() -> None:
    assert read_day("07/01/2021") == date(2021, 1, 7)
    assert read_day("13/13/2021") is None
    assert read_day("01/01/1850") is None


def test_other_columns_are_refused_with_what_to_do() -> None:
    with pytest.raises(OtherLayout, match="onze colonnes"):
        check_header(["Numéro", "Avis"])
    check_header([name.upper() for name in HEADER])


def test_a_session_gives_the_year() -> None:
    text = "".join(write_rows([row(year=None)]))
    assert read(text)[0][0].year == 2022
