"""What can be done with requests. One module per subject; each verb is one transaction."""

from __future__ import annotations

from .deriving import derive, derive_due, derive_silences
from .drafting import Wanted, mark_ready, start, throw_away, write
from .guarding import number_received
from .papers import keep_letter, make_paper, pdf_of
from .recording import put_back, record, take_back
from .replies import (
    decide,
    enter_letter,
    keep_attachments,
    keep_file,
    keep_obtained,
    on_arrived,
    on_taken_out,
)
from .sending import on_bounced, on_sent, queue_paper, record_sent, send

__all__ = [
    "Wanted",
    "decide",
    "derive",
    "derive_due",
    "derive_silences",
    "enter_letter",
    "keep_attachments",
    "keep_file",
    "keep_letter",
    "keep_obtained",
    "make_paper",
    "mark_ready",
    "number_received",
    "on_arrived",
    "on_bounced",
    "on_sent",
    "on_taken_out",
    "pdf_of",
    "put_back",
    "queue_paper",
    "record",
    "record_sent",
    "send",
    "start",
    "take_back",
    "throw_away",
    "write",
]
