"""Places of the gazetteer and techniques of the vocabulary that a typed name may mean."""

from __future__ import annotations

from django.utils.translation import gettext

from contrechamp.foundation.vocabulary import label, terms
from contrechamp.kernel.names import fold
from contrechamp.places import queries as places
from contrechamp.ui.templatetags.look import number

from .working import Card

MOST = 8


def places_named(text: str, *, limit: int = MOST) -> list[Card]:
    """Return the territories of that name or code, each with what tells it from its namesakes."""
    cards = []
    for territory in places.search_territories(text, limit=limit):
        about = [f"{territory.kind} {territory.code}"]
        if territory.population:
            about.append(gettext("{count} habitants").format(count=number(territory.population)))
        cards.append(
            Card(
                id=f"place:{territory.key}",
                name=territory.name,
                kind="place",
                type_label=label("entity_types", territory.kind),
                place=", ".join(about[1:]) or territory.code,
                state_label="",
            )
        )
    return cards


def technologies_named(text: str) -> list[Card]:
    """Return the techniques that a word means, by label or alias."""
    wanted = fold(text)
    if not wanted:
        return []
    found = []
    for code, term in terms("technologies").items():
        names = [*term["label"].values(), *term.get("aliases", ())]
        if any(wanted in fold(name) or fold(name) == wanted for name in names):
            found.append(
                Card(
                    id=f"tech:{code}",
                    name=label("technologies", code),
                    kind="technology",
                    type_label=label("entity_types", term["type"]),
                    place="",
                    state_label="",
                )
            )
    return found[:MOST]
