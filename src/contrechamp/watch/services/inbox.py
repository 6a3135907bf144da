"""Findings enter the review room: each once, whatever is scanned again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from contrechamp.watch.domain import public
from contrechamp.watch.models import Found, Item

AT_ONCE = 200


@dataclass(slots=True)
class Taken:
    """How many findings are new, known already, or corrected by newer rules."""

    new: int = 0
    known: int = 0
    changed: int = 0
    gone: int = 0


def take_in(
    findings: Iterable[Mapping[str, Any]], *, now: datetime, item: Item | None = None
) -> Taken:
    """Put findings of `watch scan` into the review room. Taking one in again changes nothing.

    What nobody has decided yet follows the newer reading; what was decided stays, and a reading
    that differs is kept beside it (`edited` is never touched).
    """
    taken, part = Taken(), list[Mapping[str, Any]]()
    for finding in findings:
        if finding.get("type") != "finding":
            continue
        part.append(finding)
        if len(part) == AT_ONCE:
            _take(part, taken, now, item)
            part = []
    _take(part, taken, now, item)
    return taken


def forget_missing(sha256: str, source: str, seen: Iterable[str], *, taken: Taken) -> None:
    """Mark what newer rules do not find any more in a content, where nobody has decided yet."""
    gone = Found.objects.filter(sha256=sha256, source=source, state=Found.State.WAITING)
    taken.gone += gone.exclude(pk__in=list(seen)).update(state=Found.State.GONE)


def _take(part: list[Mapping[str, Any]], taken: Taken, now: datetime, item: Item | None) -> None:
    with transaction.atomic():
        there = Found.objects.select_for_update().in_bulk([each["id"] for each in part])
        fresh: dict[str, Found] = {}
        for position, finding in enumerate(part):
            row = _row(finding, position, now, item)
            known = there.get(row.pk)
            if known is None and row.pk not in fresh:
                fresh[row.pk] = row
                taken.new += 1
            elif known is None or known.data == row.data:
                taken.known += 1
                _revive(known)
            elif known.state in {Found.State.WAITING, Found.State.GONE}:
                row.item_id, row.found_at, row.edited = known.item_id, known.found_at, known.edited
                row.version = known.version + 1
                row.save(force_update=True)
                taken.changed += 1
            else:
                taken.known += 1
        Found.objects.bulk_create(fresh.values())


def _revive(known: Found | None) -> None:
    if known is not None and known.state == Found.State.GONE:
        known.state = Found.State.WAITING
        known.save(update_fields=["state"])


def _row(finding: Mapping[str, Any], position: int, now: datetime, item: Item | None) -> Found:
    document, locator = finding["document"], finding["locator"]
    act = finding.get("act") or {}
    records = locator.get("records") or ()
    return Found(
        id=finding["id"],
        item=item,
        sha256=document["sha256"],
        position=locator.get("page") or (records[0] if records else position),
        source=finding["source"],
        data=dict(finding),
        technology=finding["technology"],
        decision=finding["decision"],
        departement=document.get("departement") or "",
        confidence=finding["confidence"],
        published_on=public.day(document.get("published_on")),
        act_number=(act.get("number") or "")[:60],
        duplicate_of=finding.get("duplicate_of") or "",
        found_at=now,
    )
