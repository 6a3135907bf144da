"""What requests and their numbers give to others: citations, pictures of links, frames."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from contrechamp.foi.domain.counting import Counted
from contrechamp.foi.models import STATES
from contrechamp.foi.queries import published, tallies
from contrechamp.foi.queries.listing import Filter
from contrechamp.foi.shown.numbers import numbers_of
from contrechamp.ui.domain.share import Bar, Share, Shared

LABELS = dict(STATES)


def read_request(key: str) -> Shared:
    """Return what a public request gives to others: nothing in it hangs on the day."""
    found = published.find(key)
    if found is None:
        return None
    one = next(published.told([found], now=timezone.now()))
    count = len(one.items)
    asked = ngettext("{n} document demandé", "{n} documents demandés", count).format(n=count)
    return Share(
        sort="record",
        id=found.pk,
        label=gettext("Exemple de demande")
        if found.is_example
        else gettext("Demande de documents"),
        title=found.title,
        url=one.url,
        at=one.changed_at,
        place=one.body_name,
        summary=" ".join(item.wording for item in one.items)[:300],
        figures=(str(LABELS[one.state]), asked),
        dated=f"{found.sent_on or ''}",
    )


def read_list() -> Share:
    """Return what the list of requests gives to others."""
    total = published.rows().order_by().count()
    return Share(
        sort="dataset",
        id="demandes",
        label=gettext("Jeu de données"),
        title=gettext("Demandes de documents"),
        url=reverse("foi:index"),
        at=_last(),
        figures=(
            ngettext("{n} demande publique", "{n} demandes publiques", total).format(n=total),
        ),
    )


def read_numbers() -> Shared:
    """Return what the numbers of all bodies give to others."""
    known = tallies.of_all(timezone.now())
    return _numbers(
        known, "chiffres", gettext("Comment les administrations répondent"), reverse("foi:numbers")
    )


def read_league() -> Share:
    """Return what the table of bodies gives to others."""
    return Share(
        sort="dataset",
        id="classement-administrations",
        label=gettext("Jeu de données"),
        title=gettext("Classement des administrations"),
        url=reverse("foi:league"),
        at=_last(),
    )


def read_body(key: str) -> Shared:
    """Return what the numbers of one body give to others."""
    first = published.rows().filter(body=key).first()
    if first is None or first.body is None:
        return None
    title = gettext("{name} et les demandes de documents").format(name=first.body.name)
    known = tallies.of_body(key, timezone.now())
    return _numbers(known, f"chiffres-{key}", title, reverse("foi:numbers-body", args=[key]))


def _numbers(known: Counted, id_: str, title: str, url: str) -> Share:
    shown = numbers_of(known)
    total = known.public
    return Share(
        sort="dataset",
        id=id_,
        label=gettext("Demandes de documents en chiffres"),
        title=title,
        url=url,
        at=_last(),
        figures=(
            ngettext("{n} demande publique", "{n} demandes publiques", total).format(n=total),
        ),
        bars=tuple(Bar(words=b.words, text=f"{b.count}", share=b.share) for b in shown.outcomes),
        method=gettext("Demandes publiques ici, chacune dans une seule issue."),
    )


def _public(total: int) -> str:
    return ngettext("{n} demande publique", "{n} demandes publiques", total).format(n=total)


def _last() -> datetime:
    newest = published.newest(Filter(), 1)
    return (newest[0].published_at if newest else None) or timezone.now()
