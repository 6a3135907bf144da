"""News told at once: what many changes send is heard once, and nothing of what failed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from contrechamp.foundation.signals import News


def heard(news: News) -> list[tuple[object, Sequence[str]]]:
    told: list[tuple[object, Sequence[str]]] = []

    def hear(sender: object, refs: Sequence[str] = (), **_: object) -> None:
        told.append((sender, refs))

    news.connect(hear, weak=False)
    return told


def test_news_is_told_at_once_outside_a_block() -> None:
    news = News()
    told = heard(news)
    news.send(int, refs=["a"])
    news.send(int, refs=["a"])
    assert told == [(int, ["a"]), (int, ["a"])]


def test_a_block_tells_each_thing_once_when_it_ends() -> None:
    news = News()
    told = heard(news)
    with news.at_once():
        news.send(int, refs=["b", "a"])
        news.send(str, refs=["c"])
        with news.at_once():
            news.send(int, refs=["a", "d"])
        assert told == []
    assert told == [(int, ["b", "a", "d"]), (str, ["c"])]


def fails(news: News) -> None:
    with news.at_once():
        news.send(int, refs=["lost"])
        raise ValueError("no")


def test_a_block_that_fails_tells_nothing_and_the_next_one_tells_its_own() -> None:
    news = News()
    told = heard(news)
    with pytest.raises(ValueError, match="no"):
        fails(news)
    assert told == []
    news.send(int, refs=["a"])
    assert told == [(int, ["a"])]
