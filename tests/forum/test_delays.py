"""The drawing of moderation's delay says what its table says."""

from __future__ import annotations

from datetime import date, timedelta

from contrechamp.forum.domain.journal import Month
from contrechamp.forum.shown.delays import HEIGHT, SHOWN, TOP, lay_out


def months(*hours: int | None) -> list[Month]:
    """Return months, the newest first, each with its median."""
    return [
        Month(
            first=date(2026 - index // 12, 12 - index % 12, 1),
            counts={},
            median=None if each is None else timedelta(hours=each),
        )
        for index, each in enumerate(hours)
    ]


def test_one_month_is_no_course(db: None) -> None:
    assert lay_out([]) is None
    assert lay_out(months(9, None)) is None


def test_months_stand_from_the_oldest_and_the_late_ones_are_told_apart(db: None) -> None:
    found = lay_out(months(30, None, 6))

    assert found is not None
    assert [bar.first.month for bar in found.bars] == [10, 11, 12]
    assert [bar.is_late for bar in found.bars] == [False, False, True]
    assert found.bars[1].words == ""
    assert found.bars[2].y < found.target < found.bars[0].y
    assert all(TOP <= bar.y <= HEIGHT for bar in found.bars)


def test_no_more_than_a_year_is_drawn(db: None) -> None:
    found = lay_out(months(*range(1, 30)))

    assert found is not None
    assert len(found.bars) == SHOWN
