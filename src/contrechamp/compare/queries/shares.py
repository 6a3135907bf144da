"""What rankings give to others: their first rows as a small chart, with their method."""

from __future__ import annotations

from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext, ngettext

from contrechamp.census import published
from contrechamp.ui.domain.share import Bar, Share, Shared
from contrechamp.ui.templatetags.look import number

from .rankings import ranking, rankings

BARS = 10


def read_ranking(slug: str) -> Shared:
    """Return what a ranking gives to others."""
    found = ranking(slug)
    if found is None:
        return None
    return Share(
        sort="dataset",
        id=f"classement-{slug}",
        label=gettext("Classement"),
        title=found.title,
        url=reverse("compare:ranking", args=[slug]),
        at=found.at or now(),
        summary=found.lead,
        figures=(ngettext("{n} ligne", "{n} lignes", len(found.rows)).format(n=len(found.rows)),),
        bars=tuple(
            Bar(
                words=row.entry.name,
                text=f"{number(round(row.entry.value, found.decimals))} {found.unit}".strip(),
                share=row.share,
            )
            for row in found.rows[:BARS]
        ),
        method=found.method,
    )


def read_rankings() -> Share:
    """Return what the list of rankings gives to others."""
    count = len(rankings())
    return Share(
        sort="dataset",
        id="classements",
        label=gettext("Classements"),
        title=gettext("Classements de la surveillance, avec leur méthode"),
        url=reverse("compare:rankings"),
        at=published.last_change() or now(),
        figures=(ngettext("{n} classement", "{n} classements", count).format(n=count),),
    )
