"""Which actions an act is open to, until when and before whom: shown with the act, never a case.

The day on which an act was first seen starts nothing: without a proof of its publication there is
no last day (T3).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contrechamp.kernel.errors import gettext_noop
from contrechamp.law.domain.clock import derive
from contrechamp.law.domain.facts import Event
from contrechamp.law.domain.items import LAST_DAYS, Item, Reading

from .kinds import ActionKind


class Openness(StrEnum):
    """Whether an action can still be brought on a day (design note `cases.md`, 10)."""

    OPEN = "open"
    LAST_DAYS = "last_days"
    USUAL_ONLY = "usual_only"
    CLOSED = "closed"
    UNLIMITED = "unlimited"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attackable:
    """What is known of an act or a decision that somebody may want to challenge."""

    published_on: date | None = None
    """The day that a proof gives; never the day on which it was seen."""
    is_never_published: bool = False
    """It is proven that it never was: a revealed decision."""
    enforceable_on: date | None = None
    is_local: bool = False
    """Of a commune, a département, a region: the prefect may be asked to refer it."""
    is_rule: bool = False
    """A regulation: its repeal can be asked at any time."""
    is_contract: bool = False
    is_access: bool = False
    """A refused access to documents: no request to reconsider."""
    court: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One way to challenge: whether it is open, its days, before whom, what must come before."""

    kind: ActionKind
    openness: Openness
    before: str
    """A sentence's key: `court` names the court, else who is asked."""
    court: str = ""
    item: Item | None = None
    days_left: int | None = None
    guard: str = ""
    """What must have been done before, or what it does not do."""


BEFORE = {
    "court": gettext_noop("devant le tribunal administratif"),
    "urgent": gettext_noop("devant le juge des référés du même tribunal"),
    "author": gettext_noop("auprès de l'auteur de l'acte"),
    "superior": gettext_noop("auprès de son supérieur"),
    "prefect": gettext_noop("auprès du préfet"),
}
GUARDS = {
    ActionKind.SUSPENSION: gettext_noop(
        "Une requête en annulation doit être déposée avant, ou le même jour : sa copie est jointe. "
        "Il faut une urgence et un doute sérieux (CJA L521-1, R522-1)."
    ),
    ActionKind.LIBERTY: gettext_noop(
        "Seulement contre une atteinte grave et manifestement illégale à une liberté "
        "fondamentale, en extrême urgence (CJA L521-2)."
    ),
    ActionKind.GRACIEUX: gettext_noop(
        "Reçu dans le délai, il l'interrompt, une seule fois ; deux mois de silence valent rejet "
        "(CRPA L411-2, L411-7)."
    ),
    ActionKind.PREFECT: gettext_noop(
        "Ne change pas votre propre délai : agissez comme si le préfet ne faisait rien (CGCT "
        "L2131-6, L2131-8)."
    ),
    ActionKind.CONTRACT: gettext_noop(
        "Pour qui est lésé directement ; un avocat est nécessaire (CE Ass. 4 avril 2014, "
        "n° 358994)."
    ),
    ActionKind.ANNULMENT: gettext_noop(
        "Au moins un argument avant la fin du délai : on ne peut plus en ajouter ensuite si la "
        "requête n'en avait aucun (CJA R411-1)."
    ),
}


def openings(act: Attackable, *, today: date) -> tuple[Opening, ...]:
    """Return the actions that an act is open to, seen from a day, closed ones too."""
    return tuple(_contract(act, today) if act.is_contract else _act(act, today))


def openness(item: Item | None, *, today: date, is_unlimited: bool = False) -> Openness:
    """Return where a day stands in a window; unknown where nothing proves its start."""
    if item is None or item.act_by_safe is None or item.last_day is None:
        return Openness.UNLIMITED if is_unlimited else Openness.UNKNOWN
    if today > item.last_day:
        return Openness.CLOSED
    left = (item.act_by_safe - today).days
    if left < 0:
        return Openness.USUAL_ONLY
    return Openness.LAST_DAYS if left <= LAST_DAYS else Openness.OPEN


def window_of(published_on: date, *, today: date, reading: Reading = Reading.USUAL) -> Item:
    """Return the window of an act that was published: two franc months (CJA R421-1)."""
    found = derive([Event("published", published_on)], reading=reading, today=today)
    return next(item for item in found if item.step == "ta")


def _act(act: Attackable, today: date) -> Iterator[Opening]:
    said = act.published_on
    items = derive([Event("published", said)], today=today) if said else ()
    found = {item.step: item for item in items}
    ta, again = found.get("ta"), found.get("gracieux")
    court = _opening(ActionKind.ANNULMENT, ta, act, today, before="court")
    yield court
    yield Opening(
        kind=ActionKind.SUSPENSION,
        openness=court.openness,
        before="urgent",
        court=act.court,
        item=ta,
        days_left=court.days_left,
        guard=GUARDS[ActionKind.SUSPENSION],
    )
    if not act.is_access:
        yield _opening(ActionKind.GRACIEUX, again, act, today, before="author")
    if act.is_local:
        since = act.enforceable_on or act.published_on
        asked = (
            derive([Event("act_enforceable", since)], today=today, in_full=True) if since else ()
        )
        item = next((each for each in asked if each.step == "prefect"), None)
        yield _opening(ActionKind.PREFECT, item, act, today, before="prefect")


def _contract(act: Attackable, today: date) -> Iterator[Opening]:
    said = act.published_on
    found = derive([Event("contract_publicised", said)], today=today, in_full=True) if said else ()
    item = next((each for each in found if each.step == "contract"), None)
    yield _opening(ActionKind.CONTRACT, item, act, today, before="court")


def _opening(
    kind: ActionKind, item: Item | None, act: Attackable, today: date, *, before: str
) -> Opening:
    return Opening(
        kind=kind,
        openness=openness(item, today=today, is_unlimited=act.is_never_published),
        before=before,
        court=act.court if before == "court" else "",
        item=item,
        days_left=(item.act_by_safe - today).days if item and item.act_by_safe else None,
        guard=GUARDS.get(kind, ""),
    )
