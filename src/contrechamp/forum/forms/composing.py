"""The form of a post: one for new threads, replies and edits. Nothing typed is ever lost.

A signed mark says when the form was shown, and makes that the same form sent twice is one post.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

SALT = "forum.form"
FILES_MOST = 20
LONGEST = 60_000
"""Of what is shown again; the limit of a post is told by `domain.limits`."""


def seal(shown_at: datetime) -> str:
    """Return the mark of a form that is shown now."""
    return signing.dumps([shown_at.timestamp(), secrets.token_urlsafe(9)], salt=SALT)


@dataclass(slots=True, kw_only=True)
class Composed:
    """What came with a form."""

    title: str = ""
    text: str = ""
    board: str = ""
    subject: str = ""
    reason: str = ""
    tags: tuple[str, ...] = ()
    reply_to: int | None = None
    act: str = ""
    """send, preview, draft; empty: the form came from another page."""
    is_sure: bool = False
    insists: bool = False
    trap: str = ""
    shown_at: datetime | None = None
    token: str = ""
    is_kept: bool = False
    """It was typed before somebody signed in: newer than any draft."""
    kept: str = ""
    """The place of the draft whose files the form showed: another board may be chosen since."""
    brought: tuple[UploadedFile[Any], ...] = ()
    about: str = ""
    """What the files show that come now."""
    given: dict[str, str] = field(default_factory=dict)
    """What is said of files that came before: `about-<number>`."""
    dropped: tuple[str, ...] = ()
    """Files of the draft that are not wanted any more."""
    left: tuple[int, ...] = ()
    """Positions of files of the post that leave it with this edit."""

    def data(self) -> dict[str, Any]:
        """Return what is kept when somebody has to sign in first."""
        return {
            "title": self.title,
            "text": self.text,
            "board": self.board,
            "subject": self.subject,
            "reason": self.reason,
            "tags": list(self.tags),
            "reply_to": self.reply_to,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a form brings back beside what was typed: when it was shown, and the hidden field."""

    shown_at: datetime | None
    trap: str


def mark_of(request: HttpRequest) -> Mark:
    """Return the mark of a form that was sent; of one that was made by hand, none."""
    shown_at, _ = _unseal(request.POST.get("mark", ""))
    return Mark(shown_at=shown_at, trap=request.POST.get("website", ""))


def read(request: HttpRequest) -> Composed:
    """Read what was sent. Nothing of it is refused here."""
    given: MultiValueDict[str, str] = request.POST
    shown_at, token = _unseal(given.get("mark", ""))
    number = given.get("reply_to", "")
    return Composed(
        title=given.get("title", "")[:400],
        text=given.get("text", "")[:LONGEST],
        board=given.get("board", "")[:60],
        subject=given.get("sujet", "")[:160],
        reason=given.get("reason", "")[:200],
        tags=tuple(given.getlist("tag"))[:12],
        reply_to=int(number) if number.isdecimal() and len(number) < 8 else None,
        act=given.get("act", ""),
        is_sure=given.get("sure") == "1",
        insists=given.get("insists") == "1",
        trap=given.get("website", ""),
        shown_at=shown_at,
        token=token,
        kept=given.get("kept", "")[:160],
        brought=tuple(one for one in request.FILES.getlist("files") if one.size)[:FILES_MOST],
        about=given.get("about", "")[:200],
        given={key: str(text)[:200] for key, text in given.items() if key.startswith("about-")},
        dropped=tuple(given.getlist("drop"))[:50],
        left=tuple(int(one) for one in given.getlist("leave") if _is_small(one))[:50],
    )


def _is_small(number: str) -> bool:
    return number.isdecimal() and len(number) < 5


def _unseal(mark: str) -> tuple[datetime | None, str]:
    try:
        at, token = signing.loads(mark, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None, ""
    return datetime.fromtimestamp(at, UTC), str(token)
