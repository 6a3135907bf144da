"""Requests on the pages of a project, an actor, a territory and a body: how many, the last ones."""

from __future__ import annotations

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from contrechamp.census import published as census
from contrechamp.foi.models import Request
from contrechamp.foi.queries import listing, published, tallies
from contrechamp.foi.queries.listing import GROUPS
from contrechamp.kernel.numbers import is_siren

LAST = 5


def requests_of(key: str) -> QuerySet[Request] | None:
    """Return the public requests about a public record or to the bodies of a territory."""
    if ":" in key:
        return published.of_territory(key)
    record = census.find_records([key]).get(key)
    if record is None:
        return None
    if record.kind == "project":
        return published.of_project(key)
    for each in record.identifiers:
        siren = each.value.replace(" ", "")[:9]
        if each.scheme in {"siren", "siret"} and is_siren(siren):
            return published.of_siren(siren)
    return None


def panel(key: str) -> str:
    """Draw the last public requests of a record or a territory; nothing where there is none."""
    rows = requests_of(key)
    return _drawn(rows, _where(key, rows)) if rows is not None else ""


def _where(key: str, rows: QuerySet[Request] | None) -> str:
    """Return where all of them are read."""
    kind, colon, code = key.partition(":")
    here = reverse("foi:index")
    if kind == "departement":
        return f"{here}?departement={code}"
    if not colon and key.startswith("prj-"):
        return f"{here}?projet={key}"
    one = rows.order_by().values_list("body_id", flat=True).distinct()[:2] if rows else []
    bodies = list(one)
    return f"{here}?administration={bodies[0]}" if len(bodies) == 1 else here


def body_panel(key: str) -> str:
    """Draw how a body answers, with its last public requests; nothing where there is none."""
    rows = published.rows().filter(body=key)
    found = list(rows[:LAST])
    if not found:
        return ""
    now = timezone.now()
    context = {
        "lines": listing.lines(found, now=now),
        "known": tallies.of_body(key, now),
        "line": tallies.find_line(key, now),
        "url": f"{reverse('foi:index')}?administration={key}",
        "numbers_url": reverse("foi:numbers-body", args=[key]),
    }
    return render_to_string("foi/parts/body_panel.html", context)


def _drawn(rows: QuerySet[Request], url: str) -> str:
    found = list(rows[:LAST])
    if not found:
        return ""
    context = {
        "lines": listing.lines(found, now=timezone.now()),
        "total": rows.order_by().count(),
        "obtained": rows.order_by().filter(state__in=GROUPS["obtenu"]).count(),
        "url": url,
    }
    return render_to_string("foi/parts/panel.html", context)
