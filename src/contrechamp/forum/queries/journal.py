"""The public journal: the only read of what moderators did that visitors get."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from contrechamp.forum.domain.journal import Line, Month, months
from contrechamp.forum.domain.reasons import CLAUSES, Reason
from contrechamp.forum.models import Action

from .moderation import decided_between

AT_ONCE = 1000


def public_actions() -> QuerySet[Action]:
    """Return the acts that the journal tells, the newest first."""
    rows = Action.objects.filter(is_public=True).select_related("board", "appeal")
    return rows.order_by("-number")


def line_of(action: Action) -> Line:
    """Return what the public gets of an act. A board for members only has no name here."""
    board = action.board
    appeal = getattr(action, "appeal", None)
    reason = action.reason if action.reason in Reason.__members__ else ""
    return Line(
        number=action.number,
        on=localdate(action.at),
        verb=action.verb,
        reason=reason,
        rule=CLAUSES[Reason(reason)].number if reason else None,
        board=board.slug if board and not board.members_only else "",
        is_appealed=appeal is not None,
        is_undone=action.undone_at is not None,
        read_by_one=bool(appeal and appeal.decided_by_id and appeal.decided_by_id == action.by_id),
    )


def lines(actions: Iterable[Action]) -> Iterator[Line]:
    """Return the lines of some acts."""
    return map(line_of, actions)


def all_lines() -> Iterator[Line]:
    """Yield the whole journal, the oldest first, without holding it in memory."""
    return lines(public_actions().order_by("number").iterator(AT_ONCE))


def by_month(now: datetime) -> list[Month]:
    """Return what was done each month, and the median delay, the newest month first."""
    acts = ((localdate(at), verb) for at, verb in public_actions().values_list("at", "verb"))
    first = Action.objects.order_by("at").values_list("at", flat=True).first()
    taken = decided_between(first.replace(year=1971), now) if first else []
    took = ((localdate(end), end - start) for start, end in taken)
    return list(months(acts, took))[::-1]
