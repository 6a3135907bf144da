"""What can be done with requests. One module per subject; each verb is one transaction."""

from __future__ import annotations

from .addressing import address_to, channel_for
from .batches import (
    Outcome,
    ask_batch,
    go_on,
    make_batch,
    mark_batch_ready,
    rewrite_batch,
    send_batch,
    stop_batch,
    take_out,
)
from .calendars import close_feed, open_feed
from .campaigns import (
    Plan,
    change_campaign,
    close_campaign,
    join_campaign,
    make_campaign,
    open_campaign,
)
from .counting import is_old, recount, recount_body
from .departing import recall_paper, send_paper, tell_gone
from .deriving import derive, derive_due, derive_silences, differences
from .drafting import Wanted, mark_ready, start, throw_away, write
from .evidence import full_evidence, public_evidence
from .examples import bring_examples, remove_examples
from .guarding import number_received
from .noting import note
from .papers import keep_letter, make_paper, pdf_of
from .publishing import plan, publish, publish_due, undo_publication, withdraw_publication
from .reading import keep_by_hand, read_letter, set_outcomes, suggest
from .recording import (
    note_for_person,
    put_back,
    record,
    take_back,
    unseen_letters,
    unseen_messages,
)
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
from .requesters import add_requester, change_requester, close_requester, open_requester
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
from .showing import hide_letter, hide_words, mask_again, prepare_letters, show_letter

__all__ = [
    "Outcome",
    "Plan",
    "Wanted",
    "add_requester",
    "address_to",
    "ask_batch",
    "bring_examples",
    "change_campaign",
    "change_requester",
    "channel_for",
    "choose_pilot",
    "close_campaign",
    "close_feed",
    "close_requester",
    "confirm_reminders",
    "decide",
    "derive",
    "derive_due",
    "derive_silences",
    "differences",
    "end_reminders",
    "enter_letter",
    "file_series",
    "full_evidence",
    "go_on",
    "hide_letter",
    "hide_words",
    "is_old",
    "join_campaign",
    "keep_attachments",
    "keep_by_hand",
    "keep_file",
    "keep_letter",
    "keep_obtained",
    "make_batch",
    "make_campaign",
    "make_paper",
    "make_referral",
    "mark_batch_ready",
    "mark_ready",
    "mask_again",
    "note",
    "note_due",
    "note_for_person",
    "number_received",
    "on_arrived",
    "on_bounced",
    "on_sent",
    "on_taken_out",
    "open_campaign",
    "open_feed",
    "open_requester",
    "pdf_of",
    "plan",
    "prepare_letters",
    "public_evidence",
    "publish",
    "publish_due",
    "put_back",
    "queue_paper",
    "read_letter",
    "recall_paper",
    "record",
    "record_sent",
    "recount",
    "recount_body",
    "register_series",
    "remove_examples",
    "rewrite_batch",
    "see",
    "send",
    "send_batch",
    "send_notices",
    "send_paper",
    "send_reminders",
    "set_outcomes",
    "show_letter",
    "start",
    "start_series",
    "stop_batch",
    "suggest",
    "take_back",
    "take_out",
    "tell_gone",
    "tell_informed",
    "throw_away",
    "undo_publication",
    "unsee",
    "unseen",
    "unseen_letters",
    "unseen_messages",
    "want_reminders",
    "withdraw_publication",
    "write",
]
