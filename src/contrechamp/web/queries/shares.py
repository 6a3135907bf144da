"""What the pages of territories and the first page give to others."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.timezone import now
from django.utils.translation import gettext, ngettext

from contrechamp.census import published
from contrechamp.kernel.errors import gettext_noop
from contrechamp.places import queries as places
from contrechamp.ui.domain.share import Bar, Elsewhere, Share, Shared

from .territory import feed_facts

if TYPE_CHECKING:
    from contrechamp.places.models import Territory

KINDS = {
    "commune": gettext_noop("Commune"),
    "arrondissement": gettext_noop("Arrondissement municipal"),
    "epci": gettext_noop("Intercommunalité"),
    "departement": gettext_noop("Département"),
    "region": gettext_noop("Région"),
}


def read_territory(kind: str, slug: str) -> Shared:
    """Return what the page of a territory gives to others."""
    found = places.find_by_slug(kind, slug)
    if found is None:
        return None
    if found.slug != slug:
        return Elsewhere(found.get_absolute_url())
    here = published.ids_within(found.key)
    parents = places.territories(places.holders(found))
    newest = feed_facts(found, 1)
    return territory_share(
        found,
        department=parents.get(f"departement:{found.departement}"),
        projects=sum(key.startswith("prj-") for key in here),
        contracts=sum(key.startswith("ctr-") for key in here),
        at=newest[0].at if newest else None,
    )


def territory_share(
    territory: Territory,
    *,
    department: Territory | None,
    projects: int,
    contracts: int,
    at: datetime | None,
) -> Share:
    """Return what the page of a territory gives to others, by what the page has read."""
    return Share(
        sort="dataset",
        id=territory.key.replace(":", "-"),
        label=gettext(KINDS.get(territory.kind, "")),
        title=gettext("{name} : ce que l'on sait de la surveillance").format(name=territory.name),
        url=territory.get_absolute_url(),
        at=at or published.last_change() or now(),
        place=department.name if department and department.key != territory.key else "",
        figures=(
            ngettext("{n} projet", "{n} projets", projects).format(n=projects),
            ngettext("{n} marché", "{n} marchés", contracts).format(n=contracts),
        ),
    )


def read_home() -> Share:
    """Return what the first page gives to others: its figures."""
    figures = published.figures()
    most = max((figure.value for figure in figures), default=0) or 1
    return Share(
        sort="dataset",
        id="accueil",
        label=gettext("L'observatoire citoyen de la surveillance"),
        title=gettext("Qui surveille votre commune, avec quoi, à quel prix ?"),
        url="/accueil",
        at=published.last_change() or now(),
        figures=tuple(f"{figure.value} {figure.label}" for figure in figures[:3]),
        bars=tuple(
            Bar(words=one.label, text=str(one.value), share=round(100 * one.value / most))
            for one in figures
        ),
    )
