"""Letters made and kept: their words, their PDF, and which of them left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from contrechamp.foi import printing
from contrechamp.foi.domain import following
from contrechamp.foi.domain.paper import Letter
from contrechamp.foi.models import Paper, Request, Series
from contrechamp.foi.queries import letters
from contrechamp.foi.queries.papers import kept

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


def make_paper(
    request: Request,
    kind: str,
    *,
    actor: User,
    now: datetime,
    paragraphs: Sequence[str] = (),
) -> Paper:
    """Make a letter of a request and keep it: `request`, `follow_up`, `reply`.

    `paragraphs`: what a reply answers, from the reader of refusals. Raise `Refused` where the
    letter has no ground yet.
    """
    today = localdate(now)
    if kind == "request":
        letter = letters.letter_of(request, day=today)
    elif kind == "follow_up":
        letter = following.follow_up(letters.exchange_of(request, day=today))
    else:
        exchange = letters.exchange_of(request, day=today)
        refused_on = request.first_answer_on or today
        letter = following.reply(exchange, refused_on, paragraphs)
    return keep_letter(letter, request=request, kind=kind, actor=actor, now=now)


@transaction.atomic
def keep_letter(
    letter: Letter,
    *,
    kind: str,
    actor: User,
    now: datetime,
    request: Request | None = None,
    series: Series | None = None,
) -> Paper:
    """Keep a letter with its PDF. The same letter of the same request is kept once."""
    pdf = printing.letter_pdf(letter).body
    sha256 = kept().put(BytesIO(pdf))
    paper, _ = Paper.objects.get_or_create(
        request=request,
        series=series,
        kind=kind,
        file=sha256,
        is_final=False,
        defaults={
            "subject": letter.subject,
            "text": letter.text,
            "made_by": actor,
            "made_at": now,
        },
    )
    return paper


def pdf_of(paper: Paper) -> bytes:
    """Return the PDF of a paper; raise `KeyError` when its file is lost."""
    with kept().open(paper.file) as content:
        return content.read()
