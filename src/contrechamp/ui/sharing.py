"""What a path of this site gives to others, as the rooms offer it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, URLResolver, get_resolver, resolve
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext

from contrechamp.foundation.plug import offered
from contrechamp.kernel.citation import Work
from contrechamp.kernel.errors import gettext_noop
from contrechamp.ui.domain.cards import Card
from contrechamp.ui.domain.share import Elsewhere, Gone, Share, Shareable, Shared

HOME = "/accueil"
"""What the files of the first page are named after."""
SITE_IMAGE = "/image/site.png"
FRAME_W, FRAME_H = 560, 320
CHECKS = re.compile(r"\(\?P<(\w+)>[^)]*\)|<(?:\w|-)+:(\w+)>")
"""A part of an address with what checks it: `<slug:key>` and `(?P<key>[a-z]+)` name the same."""


@dataclass(frozen=True, slots=True)
class Format:
    """A form in which the data of a page can be taken away."""

    ending: str
    kind: str
    label: str
    does: str
    """For whom it is, in a few words."""


FORMATS = (
    Format("json", "application/json", "JSON", gettext_noop("pour un programme")),
    Format("csv", "text/csv", "CSV", gettext_noop("pour un tableur")),
    Format("txt", "text/plain", "Texte", gettext_noop("les mots seuls")),
    Format("geojson", "application/geo+json", "GeoJSON", gettext_noop("pour une carte")),
    Format("gexf", "application/gexf+xml", "GEXF", gettext_noop("pour Gephi")),
    Format("svg", "image/svg+xml", "SVG", gettext_noop("l'image du graphe")),
    Format("ics", "text/calendar", "iCalendar", gettext_noop("pour un agenda")),
    Format("atom", "application/atom+xml", "Atom", gettext_noop("pour suivre les changements")),
    Format("jsonfeed", "application/feed+json", "JSON Feed", gettext_noop("flux, en JSON")),
)


def base_of(path: str) -> str:
    """Return what the addresses of a page's files begin with."""
    return HOME if path == "/" else path.rstrip("/")


def formats_of(match: ResolverMatch, path: str) -> tuple[Format, ...]:
    """Return the forms in which a page can be taken away: those that have an address."""
    return _formats(match.route, base_of(path) == HOME)


@lru_cache(maxsize=1_000)
def _formats(route: str, is_home: bool) -> tuple[Format, ...]:
    """Return the forms of all pages of one pattern of addresses: a file has that of its page.

    To resolve each address instead would cost nine searches in all patterns, for each new page.
    """
    base = HOME.removeprefix("/") if is_home else _bare(route).removesuffix("/")
    return tuple(each for each in FORMATS if f"{base}.{each.ending}" in _routes())


@lru_cache(maxsize=1)
def _routes() -> frozenset[str]:
    """Return the patterns of all addresses of this site, without what checks their parts."""
    return frozenset(_bare(route) for route in _within(get_resolver(), ""))


def _within(resolver: URLResolver, before: str) -> Iterator[str]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _within(each, route)
        else:
            yield route


def _bare(route: str) -> str:
    bare = CHECKS.sub(lambda part: f"<{part[1] or part[2]}>", route)
    return bare.replace("^", "").replace("$", "").replace("\\.", ".")


@lru_cache(maxsize=1)
def _shareables() -> Mapping[str, Shareable]:
    return {each.view_name: each for each in offered(Shareable)}


def shareable(view_name: str) -> Shareable | None:
    """Return how a kind of page is shared, or None."""
    return _shareables().get(view_name)


def share_at(path: str) -> tuple[Shareable | None, Shared]:
    """Return what a visitor may tell of the page at a path; nothing where there is no such page."""
    try:
        match = resolve(path)
    except Resolver404:
        return None, None
    return share_of(match)


def share_of(match: ResolverMatch) -> tuple[Shareable | None, Shared]:
    """Do the same for a page whose address is known."""
    offer = shareable(match.view_name)
    return (offer, offer.read(**match.kwargs)) if offer else (None, None)


def work_of(share: Share, request: HttpRequest) -> Work:
    """Return what is cited, in the state that visitors read today."""
    return Work(
        key=f"contrechamp-{share.id}",
        sort=share.sort,
        title=share.title,
        url=request.build_absolute_uri(share.state_url or share.url),
        issued=localtime(share.at).date(),
        accessed=localdate(),
        version=share.version,
        author=share.author,
        dated=share.dated,
        quote=share.quote,
        page=share.page,
        sha256=share.sha256,
    )


def card_of(share: Share) -> Card:
    """Return what the picture of a link says."""
    if share.quote:
        title, place = gettext("« {words} »").format(words=" ".join(share.quote.split())), ""
    else:
        title, place = share.title, share.place
    return Card(
        label=share.label,
        title=title,
        place=place,
        summary=share.summary,
        status=share.status,
        status_label=share.status_label,
        figures=tuple(filter(None, [share.source if share.quote else "", *share.figures])),
        is_quote=bool(share.quote),
    )


def alt_of(share: Share) -> str:
    """Return the words of the picture, for who does not see it."""
    card = card_of(share)
    said = [card.label, card.place, card.title, card.status_label, *card.figures]
    return ", ".join(filter(None, said))


def site_card() -> Card:
    """Return the picture of every page that has none of its own."""
    return Card(
        label=gettext("L'observatoire citoyen de la surveillance"),
        title=gettext("Qui surveille votre commune, avec quoi, à quel prix ?"),
        summary=gettext("Des documents publics, et la preuve de chaque fait."),
    )


__all__ = [
    "FORMATS",
    "FRAME_H",
    "FRAME_W",
    "SITE_IMAGE",
    "Elsewhere",
    "Format",
    "Gone",
    "alt_of",
    "base_of",
    "card_of",
    "formats_of",
    "share_at",
    "share_of",
    "shareable",
    "site_card",
    "work_of",
]
