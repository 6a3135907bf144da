"""What can be done with files, documents, pages and quotes. One module per subject."""

from __future__ import annotations

from .arrival import add_paths, finish_readings
from .batches import add_uploads, describe_all, read_again, submit_all
from .collections import (
    collect,
    describe_collection,
    make_collection,
    show_collection,
    take_out,
)
from .copies import CannotCopy, Copy, Wanted, kept_file, make_copy, probe_copy
from .copies import reasons as redaction_reasons
from .ocr import Recognition, free_lost_leases, recognise_waiting, retry_failed
from .ocr import model_folder as check_model
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
from .quotes import NoSuchPassage, anchor_again, anchor_pages, cite, hide_quotes, show_quotes
from .redaction import (
    confirm_copy,
    drop_copy,
    keep_some,
    look_at,
    make_public_copy,
    original_of,
    plan_of,
    propose_copy,
)
from .removal import remove_untouched
from .report import Entry, Report
from .verification import Verified, verify
from .wishes import Wishes

__all__ = [
    "CannotCopy",
    "Conflict",
    "Copy",
    "Entry",
    "NoSuchPassage",
    "Recognition",
    "Report",
    "Verified",
    "Wanted",
    "Wishes",
    "add_paths",
    "add_uploads",
    "anchor_again",
    "anchor_pages",
    "announce_ended_embargoes",
    "check_model",
    "check_publishable",
    "cite",
    "collect",
    "confirm_copy",
    "describe_all",
    "describe_collection",
    "describe_document",
    "drop_copy",
    "finish_readings",
    "free_lost_leases",
    "hide_quotes",
    "keep_some",
    "kept_file",
    "look_at",
    "make_collection",
    "make_copy",
    "make_public_copy",
    "original_of",
    "plan_of",
    "probe_copy",
    "propose_copy",
    "publish_document",
    "read_again",
    "recognise_waiting",
    "redaction_reasons",
    "remove_untouched",
    "retry_failed",
    "return_document",
    "show_collection",
    "show_quotes",
    "submit_all",
    "submit_document",
    "take_out",
    "verify",
    "withdraw_document",
]
