"""Each night: what is past its time goes, and with it the order of arrival."""

from __future__ import annotations

import os
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from intake import calendar, config, database, tidying

from .doors import Door, run

TODAY = date(2026, 11, 29)


def _sealed(door: Door, age: int, name: str = "") -> Path:
    path = door.root / "store" / (name or os.urandom(16).hex() + ".age")
    path.write_bytes(b"sealed" * 100)
    midnight = (calendar.day_number(TODAY) - age) * 86_400
    os.utime(path, (midnight, midnight))
    return path


def _tidy(door: Door, day: date = TODAY) -> str:
    done = run("tidy", door.root, "--today", day.isoformat())
    assert (done.returncode, done.stdout) == (0, "")
    return done.stderr


def test_an_unread_dossier_stays_ninety_days_to_the_day(door: Door) -> None:
    kept, gone = _sealed(door, 90), _sealed(door, 91)
    assert _tidy(door) == ""
    assert (kept.exists(), gone.exists()) == (True, False)
    _tidy(door, TODAY + timedelta(days=1))
    assert not kept.exists()


def test_a_collected_dossier_stays_seven_days_after_the_day_written(door: Door) -> None:
    kept, gone = _sealed(door, 200), _sealed(door, 20)
    for path, days in ((kept, 7), (gone, 8)):
        mark = door.root / "orders" / f"{path.name}.collected"
        mark.write_text(f"{TODAY - timedelta(days=days)}\n")
    _tidy(door)
    assert (kept.exists(), gone.exists()) == (True, False)
    assert [path.name for path in (door.root / "orders").iterdir()] == [f"{kept.name}.collected"]


@pytest.mark.parametrize(
    ("names", "is_obeyed"),
    [
        ("Anne\nBachir\n", True),
        ("Anne\n", False),
        ("Anne\nanne \n", False),
        ("Anne\nBachir\nChloé\n", False),
        ("", False),
    ],
)
def test_a_destruction_takes_two_people(door: Door, names: str, is_obeyed: bool) -> None:
    path = _sealed(door, 1)
    order = door.root / "orders" / f"{path.name}.destroy"
    order.write_text(names)
    told = _tidy(door)
    assert path.exists() is not is_obeyed
    assert order.exists() is not is_obeyed
    assert bool(told) is not is_obeyed
    assert path.stem not in told


def test_an_order_cannot_reach_outside_the_store(door: Door) -> None:
    (door.root / "orders" / "..destroy").write_text("a\nb\n")
    (door.root / "orders" / "pepper.destroy").write_text("a\nb\n")
    _tidy(door)
    assert (door.root / "pepper").exists()


def test_a_mailbox_without_a_visit_for_twelve_months_goes_with_its_replies(door: Door) -> None:
    path = door.root / "intake.sqlite3"
    month = calendar.month_of(calendar.day_number(TODAY))
    boxes = {"aa" * 16: month - 12, "bb" * 16: month - 13}
    for box, visited in boxes.items():
        database.record(path, box, mib=1, day=1, month=visited, most=9)
        (door.root / "replies" / box).mkdir()
        (door.root / "replies" / box / "r.age").write_bytes(b"x")
    _tidy(door)
    assert [each.name for each in (door.root / "replies").iterdir()] == ["aa" * 16]
    assert database.is_known(path, "aa" * 16, month=month)
    assert not database.is_known(path, "bb" * 16, month=month)
    assert bytes.fromhex("bb" * 16) not in path.read_bytes()


def test_each_file_gets_a_new_inode_and_keeps_its_day(door: Door) -> None:
    paths = [_sealed(door, 3) for _ in range(12)]
    facts = {path: path.stat() for path in paths}
    _tidy(door)
    for path in paths:
        now = path.stat()
        assert now.st_ino != facts[path].st_ino
        assert (now.st_mtime, now.st_mode) == (facts[path].st_mtime, facts[path].st_mode)
        assert now.st_mtime % 86_400 == 0
        assert path.read_bytes() == b"sealed" * 100
    order = sorted(paths, key=lambda path: path.stat().st_ctime_ns)
    assert order != paths  # One chance in 479 million that the shuffle changes nothing.


def test_what_a_killed_process_left_is_swept_at_the_start(door: Door) -> None:
    left = door.root / "store" / "pending-0123"
    left.write_bytes(b"half")
    door.open()
    assert not left.exists()


def test_the_database_keeps_no_trace_of_what_it_forgets(door: Door) -> None:
    path = door.root / "intake.sqlite3"
    box = os.urandom(16)
    for number in range(60):
        name = os.urandom(16).hex() if number else box.hex()
        assert database.record(path, name, mib=2, day=7, month=9, most=99)
    assert database.quota_of(path, 7) == (60, 120)
    database.forget(path, box.hex())
    assert box not in path.read_bytes()
    assert [each.name for each in path.parent.glob("intake.sqlite3*")] == [path.name]
    with database.opened(path) as connection:
        for name, value in database.PRAGMAS.items():
            assert connection.execute(f"PRAGMA {name}").fetchone()[0] == value
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        assert {name for name in tables if not name.startswith("sqlite_")} == {"mailbox", "quota"}


def test_a_database_that_is_not_one_closes_and_is_named(door: Door) -> None:
    path = door.root / "intake.sqlite3"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(database.Broken), database.opened(path):
        pass
    path.unlink()
    with pytest.raises(database.Broken), database.opened(path):
        pass
    with pytest.raises(sqlite3.OperationalError):
        sqlite3.connect(f"file:{path}?mode=ro", uri=True).execute("SELECT 1")


def test_tidying_twice_changes_nothing_more(door: Door) -> None:
    _sealed(door, 91)
    loaded = config.load(door.root)
    today = calendar.day_number(TODAY)
    first, second = tidying.tidy(loaded, today), tidying.tidy(loaded, today)
    assert (first.unread, second.unread) == (1, 0)
