"""Territories and technologies as the fediverse follows them, and the acts that each says.

A commune is called as its name is written in addresses, `saint-etienne`; where several have that
name, with its code: `saint-denis-93066`. A département is `departement-42`, a technology
`technique-` and its name in the vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext

from contrechamp.forum.domain.activitypub import NAME, Note
from contrechamp.forum.domain.following import Followable, Followed, Speaking
from contrechamp.foundation.vocabulary import label, terms
from contrechamp.places import queries as places
from contrechamp.watch import published

if TYPE_CHECKING:
    from contrechamp.places.models import Territory

PREFIX = "acte-"
TECHNOLOGY, DEPARTEMENT = "technique-", "departement-"


def find(name: str) -> Followed | None:
    """Return the territory or technology of a name, if it is the one that it is called by."""
    if name.startswith(TECHNOLOGY):
        return _technology(name.removeprefix(TECHNOLOGY).replace("-", "_"))
    if name.startswith(DEPARTEMENT):
        place = places.find_by_code("departement", name.removeprefix(DEPARTEMENT).upper())
        return _place(place) if place else None
    rest, _, code = name.rpartition("-")
    if rest and code[:1].isdecimal():
        place = places.find_by_code("commune", code.upper())
        found = _place(place) if place else None
        return found if found and found.name == name else None
    same = _called(name)
    return _place(same[0]) if len(same) == 1 else None


def of(kind: str, key: str) -> Followed | None:
    """Return the territory or technology of a key."""
    if kind == "technology":
        return _technology(key)
    place = places.find_territory(key) if kind == "place" else None
    return _place(place) if place else None


def _called(name: str) -> list[Territory]:
    rows = places.everything().filter(kind="commune", slug__endswith=f"-{name}")
    return [row for row in rows if row.slug.partition("-")[2] == name]


def _place(place: Territory) -> Followed | None:
    if place.kind == "departement":
        name = f"{DEPARTEMENT}{place.code.lower()}"
    elif place.kind == "commune":
        plain = place.slug.partition("-")[2]
        is_alone = len(_called(plain)) == 1
        name = plain if is_alone else f"{plain}-{place.code.lower()}"
    else:
        return None
    if not NAME.fullmatch(name):
        return None
    return Followed(
        name=name,
        title=place.name,
        about=gettext("La surveillance à {name} : actes publics et discussions.").format(
            name=place.name
        ),
        path=place.get_absolute_url(),
        kind="place",
        key=place.key,
    )


def _technology(code: str) -> Followed | None:
    if code not in terms("technologies"):
        return None
    title = label("technologies", code)
    name = f"{TECHNOLOGY}{code.replace('_', '-')}"
    if not NAME.fullmatch(name):
        return None
    return Followed(
        name=name,
        title=title,
        about=gettext("{title} : actes publics et discussions.").format(title=title),
        path=reverse("census:technologies"),
        kind="technology",
        key=code,
    )


def acts(kind: str, key: str, most: int, root: str) -> Iterator[Note]:
    """Yield the newest public acts of a territory or technology."""
    asks = []
    if kind == "place":
        asks = [published.Filter(territory=key)]
    elif kind == "technology":
        known = terms("watched").items()
        asks = [published.Filter(technology=code) for code, of in known if of.get("census") == key]
    for ask in asks:
        rows = published.filtered(ask).order_by("-shown_at", "pk")[:most]
        yield from (_note(act, root) for act in published.acts_of(rows))


def _note(act: published.Act, root: str) -> Note:
    url = f"{root}{act.url}"
    return Note(
        key=f"{PREFIX}{act.id}",
        url=url,
        html=f'<p>{escape(act.title)}</p><p><a href="{escape(url)}">{escape(url)}</a></p>',
        published=act.shown_at,
        updated=act.changed_at,
    )


OFFERS = (
    Followable(find=find, of=of),
    Speaking(prefix=PREFIX, newest=acts),
)
