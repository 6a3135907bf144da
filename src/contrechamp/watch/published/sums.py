"""What the statistics count: public decisions, each once."""

from __future__ import annotations

from datetime import date

from contrechamp.watch.domain.counting import Counted
from contrechamp.watch.models import PublicAct, PublicActCompany, PublicActPlace

from .acts import once


def counted() -> list[Counted]:
    """Return all public decisions as sums need them; twins and withdrawn ones are left out."""
    rows = once()
    places: dict[str, list[str]] = {}
    own = PublicActPlace.objects.filter(is_own=True, territory__startswith="commune:")
    for act, territory in own.values_list("act_id", "territory"):
        places.setdefault(act, []).append(territory)
    firms: dict[str, list[tuple[str, str]]] = {}
    for act, siren, name in PublicActCompany.objects.values_list("act_id", "siren", "name"):
        firms.setdefault(act, []).append((siren, name))
    fields = ("id", "technology", "decision", "published_on", "event_on", "cameras", "amount")
    return [
        Counted(
            **row,
            communes=tuple(places.get(row["id"], ())),
            suppliers=tuple(firms.get(row["id"], ())),
        )
        for row in rows.order_by("pk").values(*fields)
    ]


def first_day() -> date | None:
    """Return the day of the oldest publication that is known."""
    days = PublicAct.objects.filter(withdrawn_at=None).exclude(published_on=None)
    return days.order_by("published_on").values_list("published_on", flat=True).first()
