"""What moderators and the public read of moderation, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext

from contrechamp.forum.domain import appeals, flags, journal, reasons
from contrechamp.forum.domain.journal import AGAINST, Line, Verb
from contrechamp.forum.domain.reasons import CLAUSES, Clause, Reason

if TYPE_CHECKING:
    from contrechamp.forum.models import Action


def span(length: timedelta | None) -> str:
    """Return a time in the unit that one would say it in: minutes, hours, days."""
    if length is None:
        return ""
    minutes = int(length.total_seconds()) // 60
    if minutes < 60:
        return ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
    hours = minutes // 60
    if hours < 72:
        return ngettext("{n} heure", "{n} heures", hours).format(n=hours)
    return ngettext("{n} jour", "{n} jours", hours // 24).format(n=hours // 24)


def reason_choices() -> list[tuple[str, str, bool]]:
    """Return the reasons, each with whether it asks for a sentence."""
    return [(code.value, gettext(c.label), c.needs_text) for code, c in CLAUSES.items()]


def category_choices() -> list[tuple[str, str]]:
    """Return what a reader can say of a post."""
    return [(code.value, gettext(label)) for code, label in flags.LABELS.items()]


def category_label(code: str) -> str:
    """Return what a category says."""
    if code in flags.OF_THE_FORUM:
        return gettext(flags.OF_THE_FORUM[code])
    known = code in flags.Category.__members__
    return gettext(flags.LABELS[flags.Category(code)]) if known else code


def verb_label(code: str) -> str:
    """Return what an act is called."""
    return gettext(journal.LABELS[Verb(code)]) if code in Verb.__members__ else code


def reason_label(code: str) -> str:
    """Return what a reason is called; of nothing, nothing."""
    return gettext(CLAUSES[Reason(code)].label) if code in Reason.__members__ else ""


def clause(code: str) -> Clause | None:
    """Return the rule that a reason rests on."""
    return reasons.CLAUSES[Reason(code)] if code in Reason.__members__ else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the journal as a page shows it."""

    line: Line
    what: str
    why: str


def row_of(line: Line) -> Row:
    """Return a line in words."""
    return Row(line=line, what=verb_label(line.verb), why=reason_label(line.reason))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What whom it concerns reads of a decision (Regulation (EU) 2022/2065, art. 17(3))."""

    action: Action
    what: str
    why: str
    rule: Clause | None
    last_day: date
    can_appeal: bool
    read_by_one: bool


def decision_of(action: Action, *, today: date, is_alone: bool) -> Decision:
    """Return a decision in words, for whom it concerns."""
    last = appeals.ends_on(localdate(action.at))
    return Decision(
        action=action,
        what=verb_label(action.verb),
        why=reason_label(action.reason),
        rule=clause(action.reason),
        last_day=last,
        can_appeal=(
            action.verb in AGAINST
            and action.undone_at is None
            and not hasattr(action, "appeal")
            and today <= last
        ),
        read_by_one=is_alone,
    )
