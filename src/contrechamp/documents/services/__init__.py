"""What can be done with files, documents, pages and quotes. One module per subject."""

from __future__ import annotations

from .batches import describe_all, submit_all
from .collections import (
    collect,
    describe_collection,
    make_collection,
    show_collection,
    take_out,
)
from .publication import (
    Conflict,
    announce_ended_embargoes,
    check_publishable,
    describe_document,
    publish_document,
    return_document,
    submit_document,
    withdraw_document,
)
from .quotes import NoSuchPassage, anchor_again, cite, hide_quotes, show_quotes

__all__ = [
    "NoSuchPassage",
    "anchor_again",
    "cite",
    "collect",
    "describe_all",
    "describe_collection",
    "hide_quotes",
    "make_collection",
    "show_collection",
    "show_quotes",
    "submit_all",
    "take_out",
    "Conflict",
    "announce_ended_embargoes",
    "check_publishable",
    "describe_document",
    "publish_document",
    "return_document",
    "submit_document",
    "withdraw_document",
]
