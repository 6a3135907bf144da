"""What rooms publish that opens a window, by room: public rows alone, read in parts.

Acts of the watch, requests, complaints. Decisions and contracts of the census are in `decided`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from contrechamp.cases.domain.facts import Kind, standing
from contrechamp.cases.domain.kinds import MACHINES, Machine
from contrechamp.cases.domain.states import State
from contrechamp.cases.domain.windows import Sort, Why, Window, act_window
from contrechamp.cases.models import Action
from contrechamp.foi.domain.states import State as RequestState
from contrechamp.foi.queries import published as requests
from contrechamp.foi.queries.facts import status_for_everybody
from contrechamp.foi.queries.listing import Filter
from contrechamp.kernel.errors import gettext_noop
from contrechamp.places import queries as places
from contrechamp.watch import published as watch
from contrechamp.watch.domain.courts import court_of

from .access import public
from .facts import facts_of, status_of

HIGH_COURT = gettext_noop("Conseil d'État")
COMPLAINTS = tuple(kind for kind, machine in MACHINES.items() if machine is Machine.COMPLAINT)


def of_acts(acts: Iterable[watch.Act]) -> Iterator[Window]:
    """Yield the window of each act, of a contract that was awarded, and the end of each."""
    rows = [act for act in acts if not act.withdrawn_at]
    firsts = {one.id for one in watch.some_acts([act.duplicate_of for act in rows])}
    never = never_published()
    for act in rows:
        if act.duplicate_of in firsts:
            continue  # Another publication of the same decision, told once.
        if act.source == "raa":
            yield _act(act, is_never=act.slug in never)
        elif act.decision == "award":
            yield _award(act)
        if act.expires_on and act.decision not in {"refusal", "abrogation"}:
            yield _end(act)


def _act(act: watch.Act, *, is_never: bool) -> Window:
    item = act_window(act.published_on) if act.published_on else None
    missing = Why.NEVER_PUBLISHED if is_never else Why.NO_PROOF
    return Window(
        key=f"act-{act.slug}",
        sort=Sort.ACT,
        url=act.url,
        published_on=act.published_on,
        act_by_safe=item.act_by_safe if item else None,
        last_day=item.last_day if item else None,
        why="" if item else missing,
        dated_on=act.signed_on,
        **_named(act),
    )


def _award(act: watch.Act) -> Window:
    return Window(
        key=f"act-{act.slug}",
        sort=Sort.CONTRACT,
        url=act.url,
        why=Why.PUBLICITY,
        dated_on=act.signed_on or act.published_on,
        **_named(act),
    )


def _end(act: watch.Act) -> Window:
    return Window(
        key=f"end-{act.slug}",
        sort=Sort.EXPIRY,
        url=act.url,
        dated_on=act.signed_on,
        act_by_safe=act.expires_on,
        last_day=act.expires_on,
        **_named(act),
    )


def _named(act: watch.Act) -> dict[str, Any]:
    """Return what the windows of an act have in common."""
    data = act.data
    contract = data.get("contract") or {}
    document = data.get("document") or {}
    whose = (contract.get("buyer") or {}).get("name") or (data.get("act") or {}).get("authority")
    return {
        "title": act.title,
        "title_en": act.title_en,
        "number": act.act_number or act.order_number,
        "shown_at": act.shown_at,
        "court": data.get("court") or court_of(act.filed_under) or "",
        "authority": str(whose or document.get("publisher") or "")[:200],
        "technology": act.technology,
        "departement": act.filed_under,
        "record": act.project,
        "territories": tuple(dict.fromkeys((*act.territories, *act.holders))),
    }


def never_published() -> frozenset[str]:
    """Return the targets of public actions of which it is established that they never were."""
    rows = public().filter(state=State.OPEN_UNLIMITED).exclude(target="")
    found = set()
    for action in rows:
        if any(fact.kind is Kind.NEVER_PUBLISHED for fact in standing(facts_of(action))):
            found.add(action.target)
    return frozenset(found)


def of_requests(keys: Iterable[str] | None = None, *, now: datetime) -> Iterator[Window]:
    """Yield the window of each public request whose refusal is confirmed: the requester's court."""
    rows = requests.rows(Filter(group="cada")) if keys is None else requests.some(keys)
    for told in requests.told(rows, now=now):
        if told.state is not RequestState.REFUSAL_CONFIRMED:
            continue
        request, body = told.request, told.request.body
        # Legal aid moves it for the requester alone: what everybody reads is without it.
        item = status_for_everybody(request, now=now).dates.items.get("ta")
        territory = body.territory if body else ""
        departement = (body.departement if body else "") or ""
        yield Window(
            key=request.pk,
            sort=Sort.REFUSAL,
            title=request.title,
            url=told.url,
            shown_at=request.published_at or request.made_at,
            act_by_safe=item.act_by_safe if item else None,
            last_day=item.last_day if item else None,
            why="" if item and item.act_by_safe else Why.NO_PROOF,
            court=court_of(departement) or "",
            authority=told.body_name[:200],
            departement=departement,
            record=request.project,
            territories=_with_holders([territory or f"departement:{departement}"]),
        )


def of_complaints(keys: Iterable[str] | None = None, *, now: datetime) -> Iterator[Window]:
    """Yield the window of each public complaint that three months of silence have rejected."""
    rows = public().filter(state=State.SILENT_REJECTED, kind__in=COMPLAINTS)
    if keys is not None:
        rows = rows.filter(pk__in=list(keys))
    for action in rows:
        item = status_of(action, now=now).dates.items.get("ce")
        if item is None:
            continue
        yield Window(
            key=action.pk,
            sort=Sort.SILENCE,
            title=action.title,
            url=f"/actions/{action.pk}",
            shown_at=action.published_at or action.made_at,
            act_by_safe=item.act_by_safe,
            last_day=item.last_day,
            why="" if item.act_by_safe else Why.NO_PROOF,
            court=HIGH_COURT,
            authority="CNIL",
            technology=action.technology,
            departement=_departement(action),
            record=next(iter(action.projects), ""),
            territories=_with_holders(action.territories),
        )


def _departement(action: Action) -> str:
    keys = _with_holders(action.territories)
    codes = {key.partition(":")[2] for key in keys if key.startswith("departement:")}
    return codes.pop() if len(codes) == 1 else ""


def _with_holders(keys: Iterable[str]) -> tuple[str, ...]:
    found = places.territories(keys)
    every = [key for one in found.values() for key in (one.key, *places.holders(one))]
    return tuple(dict.fromkeys(every))
