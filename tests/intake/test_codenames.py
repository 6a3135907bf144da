"""A stranger's, a mistyped and an expired codename get one page, in the time of a right one."""

from __future__ import annotations

import os
import statistics
import time

from airlock import codename as codenames
from airlock.words import fold
from intake import tokens

from .doors import Answer, Door, form, small


def _timed(door: Door, words: str) -> tuple[float, Answer]:
    started = time.monotonic()
    told = door.come_back(words)
    return time.monotonic() - started, told


def _typo(words: str) -> str:
    first, *rest = words.split()
    return " ".join(["abaisser" if first != "abaisser" else "abandon", *rest])


def test_right_wrong_and_mistyped_take_the_same_time(door: Door) -> None:
    door.open()
    right = door.hand_in().codename
    wrong = codenames.encode(os.urandom(10))
    times: dict[str, list[float]] = {"right": [], "wrong": [], "typo": [], "noise": []}
    asked = {"right": right, "wrong": wrong, "typo": _typo(right), "noise": "zz"}
    pages = {}
    for tried in range(10):
        if tried > 2 and max(map(min, times.values())) <= 1.4 * min(map(min, times.values())):
            break
        for kind, words in asked.items():
            spent, told = _timed(door, words)
            times[kind].append(spent)
            pages[kind] = told
    assert pages["right"].status == 200
    assert pages["wrong"].status == 403
    assert pages["wrong"].raw == pages["typo"].raw == pages["noise"].raw
    # The least of each: another program's work lengthens some, and shortens none.
    least = {kind: min(spent) for kind, spent in times.items()}
    assert min(least.values()) >= 0.15
    assert max(least.values()) / min(least.values()) <= 1.5, least
    assert statistics.median(times["right"]) < 60


def test_another_pepper_opens_nothing(door: Door) -> None:
    door.open()
    words = door.hand_in().codename
    door.close()
    (door.root / "pepper").write_bytes(os.urandom(32))
    door.open()
    assert door.come_back(words).status == 403


def test_a_codename_is_taken_as_people_type_it(door: Door) -> None:
    door.open()
    words = door.hand_in().codename
    short = " ".join(word[:4] for word in fold(words).upper().split())
    assert door.come_back(f"  {short.replace(' ', '.  ')} ").status == 200
    assert door.ask(form([("codename", words.encode())], path="/revenir")).status == 200
    assert door.ask(form([("codename", b"x")], [(b"a", b"b")], path="/revenir")).status == 400
    assert door.ask(small("/revenir", b"codename=" + b"x" * 20_000)).status == 400


def test_a_token_is_good_for_an_hour_and_unforgeable() -> None:
    key, visit = os.urandom(32), tokens.Visit("ab" * 16, "age1" + "q" * 58)
    written = tokens.write(visit, key, now=1000.0)
    assert tokens.read(written, key, now=4600.0) == visit
    assert written != tokens.write(visit, key, now=1000.0)
    assert visit.mailbox not in written
    for text, other, now in (
        (written, key, 4601.0),
        (written, os.urandom(32), 1000.0),
        (written[:-4] + "AAAA", key, 1000.0),
        (written[4:], key, 1000.0),
        ("", key, 1000.0),
        ("é" * 40, key, 1000.0),
        ("A" * 5000, key, 1000.0),
    ):
        try:
            tokens.read(text, other, now=now)
        except tokens.Expired:
            continue
        raise AssertionError(text)
