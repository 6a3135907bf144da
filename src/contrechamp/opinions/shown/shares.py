"""What an opinion gives to others: a citation, a picture of its link, a frame."""

from __future__ import annotations

from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext, ngettext

from contrechamp.opinions import queries
from contrechamp.opinions.domain.outcomes import Outcome
from contrechamp.ui.domain.share import Share

from .opinions import line_of


def read_opinion(number: str) -> Share | None:
    """Return what an opinion gives to others."""
    one = queries.find_opinion(number)
    if one is None:
        return None
    line = line_of(one)
    is_read = one.outcome != Outcome.NOT_READ
    return Share(
        sort="document",
        id=f"cada-{one.pk}",
        label=gettext("Avis de la CADA"),
        title=gettext("CADA, {kind} n° {number}").format(
            kind=one.get_kind_display(), number=one.pk
        ),
        url=line.url,
        at=one.changed_at,
        place=line.administration if one.administration else "",
        summary=line.subject,
        figures=(line.label,) if is_read else (),
        author=gettext("Commission d'accès aux documents administratifs"),
        dated=f"{one.session_on or ''}",
    )


def read_list() -> Share:
    """Return what the list of opinions gives to others."""
    total = queries.filtered(queries.Filter(only_surveillance=True)).count()
    run = queries.last_run()
    return Share(
        sort="dataset",
        id="avis-cada",
        label=gettext("Jeu de données"),
        title=gettext("Avis de la CADA sur la surveillance"),
        url=reverse("opinions:list"),
        at=run.ended_at if run and run.ended_at else now(),
        figures=(ngettext("{n} avis", "{n} avis", total).format(n=total),),
    )
