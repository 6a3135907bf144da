"""Dossiers: passages looked up, exhibits numbered, papers bound. The rooms above say of what."""

from __future__ import annotations

from .assembling import (
    NotPublic,
    TooLarge,
    assemble,
    check_public,
    passage_from,
    passage_of_document,
    passage_of_quote,
    passage_of_words,
)
from .binding import CannotBind, bind_dossier, order_of
from .listed import Listed, read_list

__all__ = [
    "CannotBind",
    "Listed",
    "NotPublic",
    "TooLarge",
    "assemble",
    "bind_dossier",
    "check_public",
    "order_of",
    "passage_from",
    "passage_of_document",
    "passage_of_quote",
    "passage_of_words",
    "read_list",
]
