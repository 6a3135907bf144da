"""The acts of a territory or of a record of the census: how they are asked for, and the last."""

from __future__ import annotations

from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse

from contrechamp.census import published as census
from contrechamp.foundation.copying import localdate
from contrechamp.foundation.vocabulary import terms
from contrechamp.kernel.numbers import is_siren
from contrechamp.watch import published
from contrechamp.watch.published import Filter

from .acts import shown

LAST = 5


def filter_of(key: str) -> Filter | None:
    """Return what narrows acts to a territory's key or a public record; None where nothing does."""
    kind, colon, code = key.partition(":")
    if colon:
        return Filter(departement=code) if kind == "departement" else Filter(territory=key)
    record = census.find_records([key]).get(key)
    if record is None:
        return None
    if record.kind in {"project", "contract"}:
        return Filter(record=key)
    if record.kind == "technology":
        wanted = record.keys.get("vocabulary", [])
        codes = [code for code, term in terms("watched").items() if term.get("census") in wanted]
        return Filter(technology=codes[0]) if codes else None
    for each in record.identifiers:
        siren = each.value.replace(" ", "")[:9]
        if each.scheme in {"siren", "siret"} and is_siren(siren):
            return Filter(company=siren)
    return None


def query_of(narrowed: Filter) -> str:
    """Return a filter as it stands in an address."""
    values = {
        "technique": narrowed.technology,
        "departement": narrowed.departement,
        "lieu": narrowed.territory,
        "entreprise": narrowed.company,
        "fiche": narrowed.record,
    }
    return urlencode({name: value for name, value in values.items() if value})


def panel(key: str) -> str:
    """Draw the last acts of a territory or record; nothing where there is none."""
    narrowed = filter_of(key)
    if narrowed is None:
        return ""
    rows = published.filtered(narrowed)
    lines = shown(published.acts_of(rows[:LAST]), localdate())
    if not lines:
        return ""
    total, contracts = published.count_of(narrowed)
    context = {
        "lines": lines,
        "total": total,
        "contracts": contracts,
        "decisions": total - contracts,
        "url": f"{reverse('watch:week')}?{query_of(narrowed)}",
        "feed": f"{reverse('watch:atom')}?{query_of(narrowed)}",
    }
    return render_to_string("watch/parts/panel.html", context)
