"""What stands in the address of a dossier, and what is done with its row of things."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from contrechamp.dossiers.domain import (
    Ask,
    Item,
    moved,
    query_of,
    read_addresses,
    read_query,
    with_items,
    without,
)
from contrechamp.dossiers.domain.items import MOST, put_back

SIGNS = st.text("0123456789abcdefghjkmnpqrstvwxyz", min_size=10, max_size=10)
HASHES = st.text("0123456789abcdef", min_size=12, max_size=64)
ITEMS = st.one_of(
    SIGNS.map(lambda key: Item("f", f"clm-{key}")),
    SIGNS.map(lambda key: Item("f", f"rel-{key}")),
    SIGNS.map(lambda key: Item("q", f"q-{key}")),
    HASHES.map(lambda key: Item("d", key)),
    st.just(Item("a", "2023-118-videoprotection")),
)
ROWS = st.lists(ITEMS, unique=True, max_size=12).map(tuple)
CLAIM, RELATION = "clm-7h3kq0w2xz", "rel-7h3kq0w2xz"
HASH = "ab" * 32


@given(ROWS, st.text(max_size=40), st.text(max_size=40), st.sampled_from(["", "fr", "en"]))
def test_an_address_says_all_of_a_dossier(
    items: tuple[Item, ...], title: str, author: str, language: str
) -> None:
    ask = Ask(items=items, title=title, author=author, language=language)
    read = read_query(query_of(ask))
    assert read.items == items
    assert read.language == language
    assert query_of(read_query(query_of(read))) == query_of(read)


@given(ROWS, st.integers(0, 11))
def test_what_was_taken_out_can_be_put_back(items: tuple[Item, ...], place: int) -> None:
    if place < len(items):
        rest = replace(Ask(items=without(items, place)), removed=(place, items[place]))
        assert read_query(query_of(rest)).undone().items == items


@given(ROWS, st.text(max_size=20), st.integers(-1, 300))
def test_what_a_button_says_is_done_or_changes_nothing(
    items: tuple[Item, ...], text: str, number: int
) -> None:
    ask = Ask(items=items)
    assert ask.acted(text).items in {items, *(without(items, at) for at in range(len(items)))} or (
        text.startswith(("monter ", "descendre "))
    )
    for verb in ("monter", "descendre"):
        assert sorted(ask.acted(f"{verb} {number}").items) == sorted(items)
    assert ask.acted(f"enlever {number}").undone().items == items


@given(ROWS, st.integers(0, 11), st.sampled_from([-1, 1]))
def test_moving_loses_nothing_and_moving_back_undoes_it(
    items: tuple[Item, ...], place: int, step: int
) -> None:
    there = moved(items, place, step)
    assert sorted(there) == sorted(items)
    if there != items:
        assert moved(there, place + step, -step) == items


@given(ROWS, ROWS)
def test_adding_twice_changes_nothing(items: tuple[Item, ...], more: tuple[Item, ...]) -> None:
    once = with_items(items, more)
    assert with_items(once, more) == once
    assert once[: len(items)] == items


def test_what_is_there_is_not_put_back_twice() -> None:
    items = (Item("f", CLAIM),)
    assert put_back(items, items[0], 0) == items


def test_the_order_of_the_address_is_that_of_the_dossier() -> None:
    ask = read_query(f"d={HASH}&f={CLAIM}&f=clm-&x=1&f={RELATION}&f={CLAIM}&q=q-no")
    assert [item.key for item in ask.items] == [HASH, CLAIM, RELATION]


def test_more_than_a_dossier_holds_is_said() -> None:
    query = "&".join(f"d={number:012}" for number in range(MOST + 1))
    ask = read_query(query)
    assert len(ask.items) == MOST
    assert ask.is_cut


def test_addresses_of_every_kind_are_read() -> None:
    items, unread = read_addresses(
        f"""https://observatoire.example/fait/{CLAIM}
        {RELATION}
        https://observatoire.example/documents/{HASH}/page/12#q-7h3kq0w2xz
        /documents/{HASH}
        /actes/2023-118-videoprotection
        https://observatoire.example/projet/prj-7h3kq0w2xz
        https://observatoire.example/dossier?f=clm-0000000000&d=aaaaaaaaaaaa&titre=Nice
        https://ailleurs.example/autre"""
    )
    assert [item.ref for item in items] == [
        f"f:{CLAIM}",
        f"f:{RELATION}",
        "q:q-7h3kq0w2xz",
        f"d:{HASH}",
        "a:2023-118-videoprotection",
        "r:prj-7h3kq0w2xz",
        "f:clm-0000000000",
        "d:aaaaaaaaaaaa",
    ]
    assert unread == ["https://ailleurs.example/autre"]


@given(st.text(max_size=300))
def test_any_address_and_any_text_is_read(text: str) -> None:
    assert read_query(text).items == read_query(query_of(read_query(text))).items
    assert len(read_addresses(text)[1]) <= len(text.splitlines())


def test_a_form_carries_a_dossier_as_one_value_and_says_more() -> None:
    whole = query_of(Ask(items=(Item("f", CLAIM),), title="Nice", author="noor"))
    ask = read_query(f"{urlencode({'dossier': whole})}&d={HASH}&titre=Cannes&par=")
    assert [item.key for item in ask.items] == [CLAIM, HASH]
    assert (ask.title, ask.author) == ("Cannes", "")


def test_an_address_with_thousands_of_things_is_cut_and_not_an_error() -> None:
    assert read_query("f=clm-7h3kq0w2xz&" * 9000).items == (Item("f", CLAIM),)
