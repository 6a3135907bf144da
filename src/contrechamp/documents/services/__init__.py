"""What can be done with files, documents, pages and quotes. One module per subject."""

from __future__ import annotations

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

__all__ = [
    "Conflict",
    "announce_ended_embargoes",
    "check_publishable",
    "describe_document",
    "publish_document",
    "return_document",
    "submit_document",
    "withdraw_document",
]
