"""Days and hours of French orders."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.watch.domain.french_dates import (
    WEEKDAYS,
    first_date,
    read_dates,
    read_times,
)
from contrechamp.watch.domain.text import folded

NAMES = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre"),
    *("octobre", "novembre", "décembre"),
)
SHAPES = [
    ("le jeudi 9 janvier 2025 de 14h00 à 21h00", [("2025-01-09T14:00", "2025-01-09T21:00", None)]),
    (
        "du mardi 21 à 08h00 au mercredi 22 janvier 2025 à 20h00",
        [("2025-01-21T08:00", "2025-01-22T20:00", None)],
    ),
    (
        "le mercredi 05, jeudi 06 et vendredi 07 février 2025 de 15h00 à 22h00",
        [("2025-02-05", "2025-02-07", "15:00-22:00")],
    ),
    (
        "les mardi 18 et \nmercredi 19 février 2025 de 15 heures à 22 h 30",
        [("2025-02-18", "2025-02-19", "15:00-22:30")],
    ),
    (
        "du mardi 04 au vendredi 07 mars 2025 de 12h00 à 20h00",
        [("2025-03-04", "2025-03-07", "12:00-20:00")],
    ),
    (
        "le 26 janvier 2025 de 18h05 au 27 janvier 2025 à 01h05",
        [("2025-01-26T18:05", "2025-01-27T01:05", None)],
    ),
    (
        "du vendredi  25 avril  2025  a\n19h00  jusqu'au  lundi  28 avril  2025  à 09h00",
        [("2025-04-25T19:00", "2025-04-28T09:00", None)],
    ),
    ("le 3 mars 2025 de 22h à 2h", [("2025-03-03T22:00", "2025-03-04T02:00", None)]),
    ("de 14h à minuit le 3 mars 2025", [("2025-03-03T14:00", "2025-03-04T00:00", None)]),
    (
        "le samedi 15 mars 2025 de 9h à 12h et de 14h à 18h",
        [
            ("2025-03-15T09:00", "2025-03-15T12:00", None),
            ("2025-03-15T14:00", "2025-03-15T18:00", None),
        ],
    ),
    ("du 28 décembre au 3 janvier 2025", [("2024-12-28", "2025-01-03", None)]),
    ("entre le 31 décembre 2023 et le 1er janvier 2024", [("2023-12-31", "2024-01-01", None)]),
    ("le 13/12/2025", [("2025-12-13", "2025-12-13", None)]),
    ("le samedi 02.11.24", [("2024-11-02", "2024-11-02", None)]),
    ("le vendredi 22 novembre 202488", [("2024-11-22", "2024-11-22", None)]),
    (
        "(20, 21, 27 et 28 octobre 2023)",
        [("2023-10-20", "2023-10-21", None), ("2023-10-27", "2023-10-28", None)],
    ),
    (
        "du 1er au 31 janvier 2025, tous les jours, de 20 h 00 à 6 h 00",
        [("2025-01-01", "2025-01-31", "20:00-06:00")],
    ),
    (
        "le 3 mars 2025 sur la commune de Vaugneray de 8h à 9h",
        [("2025-03-03T08:00", "2025-03-03T09:00", None)],
    ),
    ("la finale du TOP 14 le samedi 17 juin 2023", [("2023-06-17", "2023-06-17", None)]),
]


def _read(text: str, near: date | None = None) -> list[tuple[str, str, str | None]]:
    return [
        (each.start, each.end, each.daily)
        for when in read_times(folded(text), near)
        for each in when.intervals
    ]


@pytest.mark.parametrize(("text", "intervals"), SHAPES, ids=[text[:40] for text, _ in SHAPES])
def test_each_shape_of_an_interval_is_read(
    text: str, intervals: list[tuple[str, str, str | None]]
) -> None:
    assert _read(text) == intervals


def test_some_days_of_the_week_make_one_window_with_a_warning() -> None:
    [when] = read_times(
        folded("les vendredis et samedis soir du 28 mars au 27 avril 2025 de 22h00 à 02h00")
    )
    [interval] = when.intervals
    assert (interval.start, interval.end, interval.daily) == (
        *("2025-03-28", "2025-04-27"),
        "22:00-02:00",
    )
    assert when.warnings == ("some_weekdays_only",)


def test_the_date_wins_over_a_wrong_weekday() -> None:
    [when] = read_times(folded("le jeudi 19 mars 2025 de 14h30 à 20h00"))
    assert when.intervals[0].start == "2025-03-19T14:30"
    assert when.warnings == ("weekday_differs",)


def test_several_windows_are_several_intervals() -> None:
    text = "le lundi 3 mars 2025 de 14h à 18h et le mercredi 5 mars 2025 de 22h à 1h"
    assert _read(text) == [
        ("2025-03-03T14:00", "2025-03-03T18:00", None),
        ("2025-03-05T22:00", "2025-03-06T01:00", None),
    ]


def test_a_day_without_year_is_the_nearest_to_the_publication() -> None:
    assert _read("ce 1er mai", date(2025, 4, 30)) == [("2025-05-01", "2025-05-01", None)]
    assert _read("du 29/12 au 2/01", date(2024, 12, 28)) == [("2024-12-29", "2025-01-02", None)]
    assert _read("ce 1er mai") == []


def test_a_month_that_is_cut_at_the_end_is_understood() -> None:
    assert _read("le samedi 6 déce", date(2025, 12, 1)) == [("2025-12-06", "2025-12-06", None)]
    assert _read("le samedi 6 j", date(2025, 12, 1)) == []


@pytest.mark.parametrize(
    "text",
    [
        "loi n° 2023-380 du 19 mai 2023",
        "Arrêté n° 2025-12 du 3 mars 2025 autorisant",
        "l'arrêté du ministre de l'intérieur, en date du 19 avril 2023",
        "la demande de la commune du 4 avril 2024",
        "à l'angle de la rue du 4 septembre 2020",
    ],
)
def test_the_day_of_another_act_or_a_street_is_marked_as_cited(text: str) -> None:
    assert all(when.is_cited for when in read_times(folded(text)))


@pytest.mark.parametrize("text", ["avenue du 8 mai 1945", "le 30 février 2025", "les 24 et", "1/3"])
def test_what_is_no_date_gives_nothing(text: str) -> None:
    assert _read(text) == []


@given(st.dates(date(2010, 1, 1), date(2049, 12, 31)), st.booleans())
def test_every_day_written_out_is_read_back(day: date, with_weekday: bool) -> None:
    number = "1er" if day.day == 1 else str(day.day)
    weekday = f"{WEEKDAYS[day.weekday()]} " if with_weekday else ""
    text = folded(f"le {weekday}{number} {NAMES[day.month - 1]} {day.year}.")
    assert first_date(text) == day
    [when] = read_times(text)
    assert not when.warnings
    assert [dated.day for dated in read_dates(text)] == [day]


@given(
    st.dates(date(2015, 1, 1), date(2040, 12, 31)),
    st.integers(0, 23),
    st.integers(0, 59),
    st.integers(1, 23 * 60),
)
def test_hours_past_midnight_end_the_next_day(
    day: date, hour: int, minute: int, lasts: int
) -> None:
    end = hour * 60 + minute + lasts
    text = folded(f"le {day:%d/%m/%Y} de {hour}h{minute:02} à {end // 60 % 24:02}h{end % 60:02}")
    [(start, stop, daily)] = _read(text)
    assert daily is None
    assert start == f"{day.isoformat()}T{hour:02}:{minute:02}"
    assert stop[:10] == (day + timedelta(days=end // (24 * 60))).isoformat()
    assert start < stop


@given(st.text("0123456789hàdulemars /:.,-\n", max_size=120))
def test_no_text_breaks_it_and_places_are_inside(text: str) -> None:
    low = folded(text)
    for when in read_times(low, date(2025, 3, 1)):
        assert 0 <= when.start < when.end <= len(low)
        for interval in when.intervals:
            assert interval.start[:10] <= interval.end[:10]
