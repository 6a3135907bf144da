"""What can be done at this door: make and revoke tokens, write drafts once."""

from __future__ import annotations

from .drafts import Drafted, draft_fact, draft_record, propose_notice, submit_claims
from .once import ReusedKey, keep_answer, known_answer
from .tokens import make_token, note_use, revoke_token

__all__ = [
    "Drafted",
    "ReusedKey",
    "draft_fact",
    "draft_record",
    "keep_answer",
    "known_answer",
    "make_token",
    "note_use",
    "propose_notice",
    "revoke_token",
    "submit_claims",
]
