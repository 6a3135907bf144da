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
from .hidden import Checked, check_kept, check_redactions, decide_hidden_text
from .hidden import describe as describe_finding
from .ocr import Recognition, free_lost_leases, recognise_waiting, retry_failed
from .ocr import model_folder as check_model
from .publication import (
    Conflict,
    Undecided,
    announce_ended_embargoes,
    check_decided,
    check_publishable,
    describe_document,
    prepare_publication,
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
from .screening import decide, decide_kind, point_at, screen_document, take_back
from .scrubbing import scrub
from .telling import say as say_problem
from .verification import Verified, verify
from .wishes import Wishes

__all__ = [
    "CannotCopy",
    "Checked",
    "Conflict",
    "Copy",
    "Entry",
    "NoSuchPassage",
    "Recognition",
    "Report",
    "Undecided",
    "Verified",
    "Wanted",
    "Wishes",
    "add_paths",
    "add_uploads",
    "anchor_again",
    "anchor_pages",
    "announce_ended_embargoes",
    "check_decided",
    "check_kept",
    "check_model",
    "check_publishable",
    "check_redactions",
    "cite",
    "collect",
    "confirm_copy",
    "decide",
    "decide_hidden_text",
    "decide_kind",
    "describe_all",
    "describe_collection",
    "describe_document",
    "describe_finding",
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
    "point_at",
    "prepare_publication",
    "probe_copy",
    "propose_copy",
    "publish_document",
    "read_again",
    "recognise_waiting",
    "redaction_reasons",
    "remove_untouched",
    "retry_failed",
    "return_document",
    "say_problem",
    "screen_document",
    "scrub",
    "show_collection",
    "show_quotes",
    "submit_all",
    "submit_document",
    "take_back",
    "take_out",
    "verify",
    "withdraw_document",
]
