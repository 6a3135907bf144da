"""Replies and notes: one of two sizes, whole or refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from airlock import notes, reply

from . import make_vectors
from .conftest import Reader


@given(st.text(max_size=3000))
def test_a_text_comes_back(text: str) -> None:
    assert reply.unframe(reply.frame(text)) == text
    assert notes.note_unframe(notes.note_frame("ab" * 16, text)) == ("ab" * 16, text)


def test_it_has_one_of_two_sizes() -> None:
    sizes = {len(reply.frame("x" * size)) for size in (0, 1, 4076, 4077, reply.LIMIT)}
    assert sizes == set(reply.BUCKETS)
    with pytest.raises(reply.ReplyError):
        reply.frame("x" * (reply.LIMIT + 1))


def test_anything_else_is_refused() -> None:
    right = reply.frame("Bonjour")
    for wrong in (
        right[:-1],
        right.ljust(16384, b"\0"),
        b"x" + right[1:],
        right[:16] + b"\xff\xff\xff\xff" + right[20:],
        right[:-1] + b"x",
        right.replace(b"Bonjour", b"\xff\xff\xff\xff\xff\xff\xff"),
        notes.note_frame("ab" * 16, "a note is no reply"),
    ):
        with pytest.raises(reply.ReplyError):
            reply.unframe(wrong)
    for wrong in (right, reply.frame("no dossier", notes.NOTE), reply.frame("xx\nyy", notes.NOTE)):
        with pytest.raises(reply.ReplyError):
            notes.note_unframe(wrong)


def test_it_opens_with_the_key_of_the_codename_alone(readers: list[Reader]) -> None:
    sealed = reply.seal("Où est « l'annexe » ?", readers[0].public)
    assert reply.open_sealed(sealed, readers[0].secret) == "Où est « l'annexe » ?"
    for wrong, secret in ((sealed, readers[1].secret), (sealed[:-1], readers[0].secret)):
        with pytest.raises(reply.ReplyError):
            reply.open_sealed(wrong, secret)


def test_the_reply_of_the_vectors_opens() -> None:
    row = json.loads((make_vectors.VECTORS / "codename.json").read_text())["good"][0]
    sealed = (make_vectors.VECTORS / "reply.age").read_bytes()
    assert reply.open_sealed(sealed, row["identity"]) == "Merci. De quelle année ?"
