"""What can be done with requests. One module per subject; each verb is one transaction."""

from __future__ import annotations

from .calendars import close_feed, open_feed
from .departing import recall_paper, send_paper, tell_gone
from .deriving import derive, derive_due, derive_silences, differences
from .drafting import Wanted, mark_ready, start, throw_away, write
from .noting import note
from .papers import keep_letter, make_paper, pdf_of
from .reading import keep_by_hand, read_letter, set_outcomes, suggest
from .recording import is_known, note_for_person, put_back, record, take_back
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
from .sending import on_bounced, queue_paper, record_sent, send
from .series import (
    choose_pilot,
    file_series,
    make_referral,
    on_sent,
    register_series,
    send_notices,
    start_series,
    tell_informed,
)

__all__ = [
    "Wanted",
    "choose_pilot",
    "close_feed",
    "confirm_reminders",
    "decide",
    "derive",
    "derive_due",
    "derive_silences",
    "differences",
    "end_reminders",
    "enter_letter",
    "file_series",
    "is_known",
    "keep_attachments",
    "keep_by_hand",
    "keep_file",
    "keep_letter",
    "keep_obtained",
    "make_paper",
    "make_referral",
    "mark_ready",
    "note",
    "note_due",
    "note_for_person",
    "on_arrived",
    "on_bounced",
    "on_sent",
    "on_taken_out",
    "open_feed",
    "pdf_of",
    "put_back",
    "queue_paper",
    "read_letter",
    "recall_paper",
    "record",
    "record_sent",
    "register_series",
    "see",
    "send",
    "send_notices",
    "send_paper",
    "send_reminders",
    "set_outcomes",
    "start",
    "start_series",
    "suggest",
    "take_back",
    "tell_gone",
    "tell_informed",
    "throw_away",
    "unsee",
    "unseen",
    "want_reminders",
    "write",
]
