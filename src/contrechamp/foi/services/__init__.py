"""What can be done with requests. One module per subject; each verb is one transaction."""

from __future__ import annotations

from .calendars import close_feed, open_feed
from .deriving import derive, derive_due, derive_silences
from .drafting import Wanted, mark_ready, start, throw_away, write
from .evidence import full_evidence, public_evidence
from .papers import keep_letter, make_paper, pdf_of
from .recording import put_back, record, take_back
from .reminding import (
    confirm_reminders,
    end_reminders,
    note_due,
    see,
    send_reminders,
    unsee,
    unseen,
    want_reminders,
)
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
    "close_feed",
    "confirm_reminders",
    "decide",
    "derive",
    "derive_due",
    "derive_silences",
    "end_reminders",
    "enter_letter",
    "full_evidence",
    "keep_attachments",
    "keep_file",
    "keep_letter",
    "keep_obtained",
    "make_paper",
    "mark_ready",
    "note_due",
    "on_arrived",
    "on_bounced",
    "on_sent",
    "on_taken_out",
    "open_feed",
    "pdf_of",
    "public_evidence",
    "put_back",
    "queue_paper",
    "record",
    "record_sent",
    "see",
    "send",
    "send_reminders",
    "start",
    "take_back",
    "throw_away",
    "unsee",
    "unseen",
    "want_reminders",
    "write",
]
