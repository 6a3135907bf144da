"""The sources of the watch and how they are doing, as plain rows."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from contrechamp.foundation import lease
from contrechamp.watch.models import Event, Found, Item, Source


def sources_list() -> list[dict[str, Any]]:
    """Return each source with what it is."""
    return [
        {
            "name": source.name,
            "title": source.title,
            "kind": source.kind,
            "address": source.address,
            "reads": source.reads,
            "departement": source.departement or None,
            "every_hours": source.every_hours,
            "state": source.state,
            "to_be_checked": bool(source.configuration.get("to_be_checked")),
        }
        for source in Source.objects.order_by("name")
    ]


def sources_status() -> list[dict[str, Any]]:
    """Return per source its last success, next run, backlog, failures, robots.txt and state."""
    states = {state.lower(): Count("items", filter=Q(items__state=state)) for state in Item.State}
    events = Event.objects.values("source_id", "kind").annotate(count=Count("pk")).order_by()
    happened: dict[int, dict[str, int]] = {}
    for row in events:
        happened.setdefault(row["source_id"], {})[row["kind"]] = row["count"]
    inbox = dict(
        Found.objects.filter(state=Found.State.WAITING, item__isnull=False)
        .values_list("item__source_id")
        .annotate(count=Count("pk"))
        .order_by()
    )
    rows = []
    for source in Source.objects.annotate(**states).order_by("name"):
        counts = {name: getattr(source, name) for name in states}
        rows.append(
            {
                "name": source.name,
                "kind": source.kind,
                "state": source.state,
                "reason": source.state_reason or None,
                "instead": "folder, mailbox" if source.state == Source.State.BLOCKED else None,
                "running": bool(source.run_by) and not lease.is_gone(source.run_by),
                "last_run": _moment(source.last_run_at),
                "last_success": _moment(source.last_success_at),
                "next_run": _moment(source.next_run_at),
                "backlog": counts["waiting"],
                "failures": source.failures,
                "items": counts,
                "events": happened.get(source.pk, {}),
                "to_review": inbox.get(source.pk, 0),
                "robots": source.robots or None,
            }
        )
    return rows


def _moment(moment: Any) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
