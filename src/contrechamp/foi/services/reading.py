"""Letters read by a person: what each is, what became of each document, what others think."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.foi.domain.facts import Kind
from contrechamp.foi.domain.replying import REPLIES
from contrechamp.foi.models import FactRow, Item, Reply, Request
from contrechamp.kernel.errors import Refused, gettext_noop

from .replies import decide, keep_obtained
from .telling import tell

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.foi.models import Obtained


@transaction.atomic
def read_letter(
    reply: Reply,
    kind: Kind | None,
    *,
    actor: User,
    now: datetime,
    first: date | None = None,
    values: Mapping[str, object] | None = None,
    outcomes: Mapping[int, str] | None = None,
    note: str = "",
) -> FactRow | None:
    """Say what a letter is and what became of each document asked for; None: without effect."""
    row = decide(reply, kind, first=first, values=values, note=note, actor=actor, now=now)
    set_outcomes(reply.request, outcomes or {})
    return row


def set_outcomes(request: Request, outcomes: Mapping[int, str]) -> None:
    """Write what became of each document asked for (`Item.Outcome` by its key)."""
    is_news = False
    for item in request.items.all():
        outcome = outcomes.get(item.pk, item.outcome)
        if outcome != item.outcome and outcome in Item.Outcome.values:
            item.outcome, is_news = outcome, True
            item.save(update_fields=["outcome"])
    if is_news and request.is_public:
        tell(request)


@transaction.atomic
def suggest(reply: Reply, kind: Kind) -> Reply:
    """Keep what a reader takes a letter for: nothing follows until its author decides."""
    if kind not in REPLIES:
        raise Refused(gettext_noop("Une lettre n'est pas cela."))
    locked = Reply.objects.select_for_update().get(pk=reply.pk)
    locked.suggestion = kind
    locked.save(update_fields=["suggestion"])
    return locked


def keep_by_hand(
    request: Request, name: str, content: bytes, *, actor: User, now: datetime, item: int | None
) -> Obtained:
    """Keep a file that a person fetched, from a link or a paper, as a document obtained."""
    if item is not None and not request.items.filter(pk=item).exists():
        raise Refused(gettext_noop("Ce document n'est pas de cette demande."))
    return keep_obtained(request, name, content, item=item, actor=actor, now=now)
