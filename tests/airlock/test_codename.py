"""The codename: eight words, typed as people type, and keys that the pepper changes."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from airlock import bech32, codename, display, words

from . import make_vectors

VECTORS = json.loads((make_vectors.VECTORS / "codename.json").read_text())


@pytest.mark.parametrize("row", VECTORS["good"], ids=lambda row: str(row["entropy"]))
def test_the_words_are_those_of_the_vectors(row: dict[str, str]) -> None:
    entropy = bytes.fromhex(row["entropy"])
    assert codename.encode(entropy) == row["codename"]
    for typed in [row["codename"], *row["typed_alike"]]:
        assert codename.decode(typed) == entropy
    assert display.designation(row["mailbox"]) == row["designation"]


@pytest.mark.parametrize("typed", VECTORS["refused"])
def test_what_cannot_be_a_codename_is_refused(typed: str) -> None:
    with pytest.raises(codename.CodenameError):
        codename.decode(typed)


def test_the_keys_are_those_of_the_vectors() -> None:
    """One stretching with its 256 MiB: the one slow test of this file."""
    assert make_vectors.codenames(make_vectors.ENTROPIES[3:]) == VECTORS["good"][3:]


def test_another_pepper_opens_nothing() -> None:
    made = {
        codename.derive(codename.stretch(bytes(10), bytes([pepper]) * 32, memory_kib=64)).mailbox
        for pepper in range(4)
    }
    assert len(made) == 4
    for entropy, pepper in ((bytes(9), bytes(32)), (bytes(10), bytes(31))):
        with pytest.raises(ValueError, match="10 bytes"):
            codename.stretch(entropy, pepper, memory_kib=64)


@given(st.binary(min_size=10, max_size=10), st.randoms(use_true_random=False))
def test_what_is_shown_is_read_however_it_is_typed(entropy: bytes, played: random.Random) -> None:
    typed = [
        played.choice(
            [word, word.upper(), words.fold(word), words.fold(word)[: played.randrange(4, 9)]]
        )
        for word in codename.encode(entropy).split()
    ]
    joined = "".join(word + played.choice([" ", "-", " \n ", ", ", "  "]) for word in typed)
    assert codename.decode(joined) == entropy


def test_one_wrong_word_is_noticed() -> None:
    played, missed = random.Random(1), 0  # noqa: S311 - a test plays
    for _ in range(4000):
        typed = codename.encode(played.randbytes(10)).split()
        place = played.randrange(8)
        typed[place] = played.choice([word for word in words.french() if word != typed[place]])
        try:
            codename.decode(" ".join(typed))
            missed += 1
        except codename.CodenameError:
            pass
    assert missed / 4000 < 0.005


@given(st.text(max_size=500) | st.just("abaisser " * 60))
def test_any_text_is_read_or_refused(typed: str) -> None:
    with pytest.raises(codename.CodenameError):
        codename.decode(typed)


def test_new_codenames_differ_and_keep_their_secrets() -> None:
    made = [codename.new() for _ in range(50)]
    assert len({typed for typed, _ in made}) == 50
    assert all(codename.decode(typed) == entropy for typed, entropy in made)
    with pytest.raises(ValueError, match="ten bytes"):
        codename.encode(bytes(9))
    keys = codename.derive(bytes(64))
    assert keys.seed.hex() not in repr(keys)
    assert str(keys.seed) not in repr(keys)
    assert str(keys.locator) not in repr(keys)


def test_another_list_of_words_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_text", lambda: "abaisser abandon")
    words.french.cache_clear()
    with pytest.raises(words.WordsError):
        words.french()
    words.french.cache_clear()


@given(st.binary(max_size=40))
def test_bech32_comes_back(data: bytes) -> None:
    assert bech32.decode(bech32.encode("age", data)) == ("age", data)
    assert bech32.decode(bech32.encode("age", data).upper()) == ("age", data)


@pytest.mark.parametrize(
    "text",
    ["", "1", "age1", "agE1qqqqqqqq", "age1bbbbbbbb", "age1qqqqqqqq", "qqqqqqqqqq", "age1psm9pam"],
)
def test_what_is_not_bech32_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        bech32.decode(text)


def test_the_specification_names_each_vector() -> None:
    page = (Path(__file__).parents[2] / "docs/reference/airlock-format.md").read_text()
    for path in make_vectors.VECTORS.iterdir():
        assert path.name in page
    assert words.SHA256 in page
