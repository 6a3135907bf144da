"""Identifiers that say nothing about what they name."""

from __future__ import annotations

from contrechamp.kernel.ids import is_id, new_id


def test_a_new_one_has_the_form_of_one() -> None:
    assert is_id(new_id("prj"))
    assert is_id(new_id("prj"), "prj")
    assert not is_id(new_id("prj"), "act")
    assert len({new_id("act") for _ in range(1000)}) == 1000


def test_what_is_none() -> None:
    for text in (
        "",
        "prj-",
        "prj-7h3kq0w2x",
        "prj-7h3kq0w2xl",
        "PRJ-7h3kq0w2xz",
        "prj-7h3kq0w2xz ",
    ):
        assert not is_id(text)
