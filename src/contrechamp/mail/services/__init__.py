"""What can be done with mail. Each verb is one transaction; none answers a message by itself."""

from __future__ import annotations

from contrechamp.mail.connectors.scanner import Scan, Verdict

from .answering import address_of, take_answers
from .checking import check_setup
from .filing import (
    Attachment,
    attachments_of,
    back_to_tray,
    file_to,
    mark_read,
    mark_spam,
    message_of,
    read_again,
    scan,
    set_aside,
    unfile,
)
from .polling import Busy, poll
from .sending import Departed, decide, recall, recall_all, send_due
from .taking import Taken, read_waiting, take_in
from .writing import Enclosed, queue

__all__ = [
    "Attachment",
    "Busy",
    "Departed",
    "Enclosed",
    "Scan",
    "Taken",
    "Verdict",
    "address_of",
    "attachments_of",
    "back_to_tray",
    "check_setup",
    "decide",
    "file_to",
    "mark_read",
    "mark_spam",
    "message_of",
    "poll",
    "queue",
    "read_again",
    "read_waiting",
    "recall",
    "recall_all",
    "scan",
    "send_due",
    "set_aside",
    "take_answers",
    "take_in",
    "unfile",
]
