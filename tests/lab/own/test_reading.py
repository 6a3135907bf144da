"""A table of anybody: what is read, what is refused, and the line that says why."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO, cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contrechamp.lab.own.audit import Options
from contrechamp.lab.own.auditing import audit
from contrechamp.lab.own.columns import DECISIONS, PATROLS, check_columns, guess, guess_kind
from contrechamp.lab.own.identity import by_name, suspects
from contrechamp.lab.own.sheet import LONGEST_LINE, Unreadable, open_sheet
from contrechamp.lab.own.values import day, number, yes_or_no

SMALL = "score;issue;quartier\n0,5;oui;Nord\n0,7;non;Sud\n"


def table(rows: int = 400, head: str = "score,outcome,group") -> str:
    lines = [head]
    lines += [f"{n % 10},{n % 3 % 2},{'AB'[n % 2]}" for n in range(rows)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_each_delimiter_is_found(sign: str) -> None:
    text = "score,outcome,group\n1,0,A\n2,1,B\n".replace(",", sign)
    assert open_sheet(text.encode()).delimiter == sign


def test_a_comma_in_numbers_of_france_is_no_delimiter() -> None:
    sheet = open_sheet(SMALL.encode())
    assert sheet.names == ("score", "issue", "quartier")
    assert [row.cells for row in sheet.rows()] == [["0,5", "oui", "Nord"], ["0,7", "non", "Sud"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_accents_are_read_however_they_were_saved(encoding: str) -> None:
    text = "décile;récidive;catégorie\n1;oui;Été\n2;non;Île\n"
    sheet = open_sheet(text.encode(encoding))
    assert sheet.names[0] == "décile"
    assert sheet.column("catégorie") == ["Été", "Île"]


def test_quotes_hold_delimiters_and_line_breaks_and_lines_are_still_counted() -> None:
    text = 'score,outcome,group\n1,0,"Nord, centre"\n2,1,"Su\nd"\n3,0,Est\n'
    assert [(row.line, row.cells[2]) for row in open_sheet(text.encode()).rows()] == [
        (2, "Nord, centre"),
        (3, "Su\nd"),
        (5, "Est"),
    ]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "vide"),
        (b"\n\n\n", "vide"),
        (b"score\n1\n2\n", "Une seule|qu'une colonne"),
        (b"score,outcome,group\n", "qu'une ligne"),
        (b"1,0,3\n2,1,4\n", "nommer les colonnes"),
        (b"score,score,group\n1,1,A\n", "même nom"),
        (b"PK\x03\x04rest", "classeur"),
        (b"%PDF-1.7", "classeur"),
        (b"\xff\xfes\0c\0", "UTF-16"),
        (b"a,b\n\x00\x01,2\n", "ligne 2"),
        (b"a,b\n" + b"x" * (LONGEST_LINE + 5), "ligne 2 dépasse"),
        (b"x," * 5_000_000, "ligne 1 dépasse"),
        (b",".join(b"c%d" % n for n in range(500)) + b"\n1,2\n", "500 colonnes"),
        (b'score,outcome,group\n1,"0,A\n' + b"2,1,B\n" * 300_000, "guillemets"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(body: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said) as refused:
        audit(body, Options())
    assert refused.value.text.en


def test_a_line_without_end_takes_no_memory() -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            buffer[:] = b"x" * len(buffer)
            return len(buffer)

    tracemalloc.start()
    with pytest.raises(Unreadable, match="ligne 1"):
        open_sheet(cast("BinaryIO", io.BufferedReader(cast("io.FileIO", Endless()))))
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


@given(st.binary(max_size=400))
@example(b'a;b\n"\r\n;\n')
@example(b"score,outcome,group\n1e999,1,A\n")
def test_no_bytes_make_it_fall(body: bytes) -> None:
    with suppress(Unreadable):
        audit(body, Options())


@given(st.text(max_size=300))
def test_no_text_under_a_right_head_makes_it_fall(text: str) -> None:
    for head in ("score,outcome,group\n", "day,box,predicted,recorded\n"):
        with suppress(Unreadable):
            audit((head + text).encode(errors="replace"), Options())


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("0,5", 0.5),
        ("0.5", 0.5),
        (" 12 ", 12),
        ("12 000", 12_000),
        ("12\u202f000,5", 12_000.5),
        ("35%", 0.35),
        ("-3", -3),
        ("1e3", 1000),
    ],
)
def test_a_number_is_read_as_france_and_others_write_it(cell: str, value: float) -> None:
    assert number(cell) == value


@pytest.mark.parametrize(
    "cell", ["", "nan", "NaN", "inf", "-inf", "1e999", "douze", "1,2,3", "1_0"]
)
def test_what_is_no_number_is_none(cell: str) -> None:
    assert number(cell) is None


@given(st.text())
def test_a_cell_never_makes_it_fall(cell: str) -> None:
    number(cell)
    yes_or_no(cell)
    day(cell)


def test_days_are_read_in_both_orders() -> None:
    assert day("2026-03-01") == day("01/03/2026") == day("2026-03-01 12:30")
    assert day("17") == 17
    assert day("31/02/2026") is None
    assert day("demain") is None


def test_columns_are_guessed_by_their_names() -> None:
    sheet = open_sheet(table(head="decile_score,two_year_recid,race").encode())
    assert guess_kind(sheet) == DECISIONS
    assert guess(sheet, DECISIONS) == {
        "score": "decile_score",
        "outcome": "two_year_recid",
        "group": "race",
    }
    patrols = "date;carreau;prévu;faits\n2026-01-01;12;oui;3\n2026-01-02;13;non;0\n"
    sheet = open_sheet(patrols.encode())
    assert guess_kind(sheet) == PATROLS
    assert set(guess(sheet, PATROLS).values()) == {"date", "carreau", "prévu", "faits"}


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    sheet = open_sheet(table().encode())
    with pytest.raises(Unreadable, match=r"« note ».*score, outcome, group"):
        check_columns(sheet, DECISIONS, {"score": "note"})
    with pytest.raises(Unreadable, match="deux fois"):
        check_columns(sheet, DECISIONS, {"score": "outcome"})


def test_a_column_that_cannot_be_guessed_is_asked_for() -> None:
    sheet = open_sheet(table(head="alpha,outcome,group").encode())
    with pytest.raises(Unreadable, match="Score ou décision"):
        check_columns(sheet, DECISIONS, {})


@pytest.mark.parametrize(
    "name",
    [
        *("Nom", "prénom", "last_name", "NAME", "dob", "Date de naissance", "c_case_number"),
        *("N° dossier", "email", "Téléphone", "id", "compas_person_id", "NIR", "adresse"),
    ],
)
def test_a_name_that_tells_of_people_is_known(name: str) -> None:
    assert by_name(name) is not None


@pytest.mark.parametrize(
    "name", ["score", "decile_score", "race", "commune", "box", "day", "age_cat", "two_year_recid"]
)
def test_a_harmless_name_is_let_in(name: str) -> None:
    assert by_name(name) is None


WRITERS: dict[str, Callable[[int], str]] = {
    "emails": lambda n: f"someone{n}@example.org",
    "numbers": lambda n: f"13-{n:06d}-CF10A",
    "plain numbers": lambda n: f"{n + 1_000_000}",
    "names": lambda n: f"Dupont{chr(97 + n % 26)} Marie{chr(97 + n // 26)}",
    "births": lambda n: f"{1930 + n}-0{n % 9 + 1}-12",
    "social security": lambda n: f"1 85 05 78 006 {n:03d} 48",
    "telephones": lambda n: f"06 12 34 56 {n % 100:02d}",
}


@pytest.mark.parametrize("kind", WRITERS)
def test_what_names_people_is_refused_whatever_its_column_is_called(kind: str) -> None:
    lines = ["score,outcome,group,extra"]
    lines += [f"{n % 10},{n % 2},A,{WRITERS[kind](n)}" for n in range(75)]
    sheet = open_sheet("\n".join(lines).encode())
    assert [each.name for each in suspects(sheet)] == ["extra"]
    with pytest.raises(Unreadable, match=r"Retirez ces colonnes.*« extra »"):
        audit("\n".join(lines).encode(), Options())


def test_scores_days_and_ages_name_nobody() -> None:
    lines = ["score,outcome,group,day,age,rank"]
    lines += [f"0.{n:05d},{n % 2},A,2026-01-{n % 28 + 1:02d},{20 + n % 60},{n}" for n in range(300)]
    assert suspects(open_sheet("\n".join(lines).encode())) == []


def test_rows_not_understood_are_told_by_line_and_never_by_content() -> None:
    text = table() + "douze,1,A\n3,peut-être,A\n3,1\n3,1,\n"
    said = audit(text.encode(), Options(threshold=5)).refused
    assert [each.line for each in said.first] == [402, 403, 404, 405]
    assert [each.why.fr for each in said.first] == [
        "le score n'est pas un nombre",
        "ce qui s'est passé n'est ni oui ni non",
        "trop peu de cellules",
        "le groupe est vide",
    ]
    assert said.total == 4


def test_a_table_of_mostly_nonsense_is_refused() -> None:
    text = "score,outcome,group\n" + "douze,1,A\n" * 30 + "1,1,A\n2,0,A\n"
    with pytest.raises(Unreadable, match="30 lignes sur 32"):
        audit(text.encode(), Options(columns={"score": "score"}))
