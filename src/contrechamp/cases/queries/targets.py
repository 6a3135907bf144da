"""What an action can be opened on, as its own room tells it: an act, a refusal, a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from contrechamp.cases.domain.kinds import TargetKind
from contrechamp.census import published as census
from contrechamp.foi.domain.facts import Kind, last_of, standing
from contrechamp.foi.domain.states import State
from contrechamp.foi.queries import access as requests
from contrechamp.foi.queries.facts import facts_of
from contrechamp.kernel.dates import add_days
from contrechamp.watch import published as watch

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


def of_act(slug: str) -> dict[str, Any] | None:
    """Return a public act of the watch as a target, None where there is none.

    Its publication is the day of the collection; the day on which it was seen is never taken.
    """
    act = watch.find_act(slug)
    if act is None or act.withdrawn_at:
        return None
    is_contract = act.source != "raa"
    return {
        "kind": TargetKind.CONTRACT if is_contract else TargetKind.ACT,
        "key": act.slug,
        "title": act.title,
        "url": act.url,
        "court": act.data.get("court") or "",
        "technology": act.technology,
        "territories": tuple(act.territories),
        "projects": (act.project,) if act.project else (),
        "published_on": act.published_on,
    }


def of_request(key: str, user: User) -> dict[str, Any] | None:
    """Return a refused request of somebody's, once its refusal is confirmed; None otherwise."""
    request = requests.editable_by(user).filter(pk=key).first()
    if request is None or request.state not in {State.REFUSAL_CONFIRMED, State.LITIGATION}:
        return None
    known = standing(facts_of(request))
    express = last_of(known, Kind.CONFIRMED)
    birth = request.act_from
    return {
        "kind": TargetKind.REQUEST,
        "key": request.pk,
        "title": request.title,
        "url": f"/demandes/{request.pk}",
        "projects": (request.project,) if request.project else (),
        "notified_on": express.first if express else None,
        # The earliest day on which silence confirms: the window opens the day after (U1).
        "silent_on": add_days(birth, -1) if birth and not express else None,
    }


def of_record(key: str) -> dict[str, Any] | None:
    """Return a public record of the census as a target, None where there is none."""
    record = census.find_records([key]).get(key)
    if record is None or record.kind not in {"project", "contract", "technology", "actor"}:
        return None
    is_contract = record.kind == "contract"
    return {
        "kind": TargetKind.CONTRACT if is_contract else TargetKind.DECISION,
        "key": record.id,
        "title": record.name,
        "url": record.url,
        "projects": (record.id,) if record.kind == "project" else (),
    }
