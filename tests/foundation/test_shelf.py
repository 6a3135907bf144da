"""Finished pages in memory and in a folder; one maker for each."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.foundation.shelf import Folder, Kept, Shelf, Turns


def page(size: int, until: float = 10.0) -> Kept:
    return Kept(b"x" * size, b"", (), 'W/"x"', until)


def test_the_shelf_forgets_what_nobody_asked_for_longest() -> None:
    shelf = Shelf(most=250)
    shelf.put("a", page(100))
    shelf.put("b", page(100))
    shelf.get("a", now=0)

    shelf.put("c", page(100))

    assert [key for key in "abc" if shelf.get(key, now=0)] == ["a", "c"]


def test_a_page_put_again_is_counted_once() -> None:
    shelf = Shelf(most=250)
    for _ in range(5):
        shelf.put("a", page(100))
    shelf.put("b", page(100))

    assert shelf.get("a", now=0)
    assert shelf.get("b", now=0)


def test_a_page_that_is_too_old_is_made_again() -> None:
    shelf = Shelf()
    shelf.put("a", page(1, until=10))

    assert shelf.get("a", now=9.9)
    assert shelf.get("a", now=10.1) is None


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "pages", most=3_000)
    made.open_empty()
    return made


HEADERS = st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), max_size=3)


@given(body=st.binary(), packed=st.binary(), headers=HEADERS)
def test_a_page_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory,
    body: bytes,
    packed: bytes,
    headers: list[tuple[str, str]],
) -> None:
    folder = Folder(tmp_path_factory.getbasetemp() / "round")
    folder.open_empty()
    one = Kept(body, packed, tuple(headers), 'W/"é"', 10.5, {"worker-src": ["'self'"]})

    folder.put("aa", "b1", one)

    assert folder.get("aa", "b1", now=10) == one
    assert folder.get("aa", "b1", now=11) is None


def test_nothing_is_written_where_nobody_opened_the_folder(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "pages")

    folder.put("aa", "b1", page(10))

    assert folder.get("aa", "b1", now=0) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("left", [b"", b"{", b"[]\nx", b'{"plain": 1, "packed": 5}\nx', b"\xff\n"])
def test_a_damaged_file_is_no_page(folder: Folder, tmp_path: Path, left: bytes) -> None:
    folder.put("aa", "b1", page(10))
    (tmp_path / "pages/aa/b1/b1").write_bytes(left)

    assert folder.get("aa", "b1", now=0) is None


def test_what_cannot_be_written_is_not_kept(folder: Folder) -> None:
    folder.put("aa", "b1", Kept(b"x", b"", (), "", 10, {"worker-src": object()}))

    assert folder.get("aa", "b1", now=0) is None


def test_another_state_removes_the_pages_of_the_one_before(folder: Folder, tmp_path: Path) -> None:
    folder.put("aa", "b1", page(10))
    folder.put("cc", "b1", page(20))

    assert [each.name for each in (tmp_path / "pages").iterdir()] == ["cc"]
    assert folder.get("aa", "b1", now=0) is None


def test_a_process_that_is_late_finds_its_pages_gone_and_goes_on(
    folder: Folder, tmp_path: Path
) -> None:
    late = Folder(tmp_path / "pages")
    late.put("aa", "b1", page(10))
    folder.put("cc", "b1", page(10))

    late.put("aa", "b2", page(10))

    assert late.get("aa", "b2", now=0)


def test_the_oldest_make_room(folder: Folder) -> None:
    for number in range(6):
        folder.put("aa", f"{number:02}", page(900))

    folder.make_room("aa")

    kept = [number for number in range(6) if folder.get("aa", f"{number:02}", now=0)]
    assert kept == [4, 5]


def test_who_asks_for_the_same_waits_for_its_maker() -> None:
    turns, begun, done = Turns(), Event(), Event()
    order: list[str] = []

    def first() -> None:
        with turns.alone("a"):
            begun.set()
            done.wait(10)
            order.append("first")

    def second() -> None:
        with turns.alone("a"):
            order.append("second")

    makers = [Thread(target=each) for each in (first, second)]
    makers[0].start()
    begun.wait(10)
    makers[1].start()
    with turns.alone("b"):  # Another page is nobody's turn.
        done.set()
    for each in makers:
        each.join(10)

    assert order == ["first", "second"]
    assert len(turns) == 0


def test_a_maker_that_never_ends_stops_nobody() -> None:
    turns = Turns()

    with turns.alone("a"), turns.alone("a", patience=0.01):
        pass

    with pytest.raises(RuntimeError), turns.alone("a"):
        raise RuntimeError
    assert len(turns) == 0
