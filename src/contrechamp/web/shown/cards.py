"""Fact cards of the laboratory, on their page and beside records and legal arguments.

Nothing is read from the database: the cards come with the program.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext

from contrechamp.foundation.vocabulary import label, terms
from contrechamp.kernel.typography import french
from contrechamp.lab import facts, registry
from contrechamp.lab.facts import Card
from contrechamp.lab.model import Text

MOST = 4
"""Cards beside a record: the others are one link away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Where something is read."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What was said wrongly, and since when it is said otherwise."""

    on: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A card in the language of the page."""

    id: str
    url: str
    side: str
    side_label: str
    topic: str
    claim: str
    number: str
    denominator: str
    period: str
    place: str
    measured_by: str
    reply: str
    source: str
    source_url: str
    locator: str
    is_primary: bool
    experiments: tuple[Link, ...]
    techniques: tuple[Link, ...]
    corrections: tuple[Correction, ...]

    @property
    def summary(self) -> str:
        """The number with what it is a share of, in one line."""
        return f"{self.number} ({self.denominator}). {self.place} · {self.period}."


def say(text: Text) -> str:
    """Return a sentence of a card in the language of the page, its French spaces set."""
    if (get_language() or "fr").startswith("en"):
        return text.en
    return french(text.fr)


def side_label(side: str) -> str:
    """Return whom a figure speaks for."""
    return {
        "critics": gettext("Chiffre des critiques"),
        "other": gettext("Chiffre de l'autre côté"),
    }.get(side, gettext("Pour situer"))


def lines(cards: Iterable[Card]) -> list[Line]:
    """Return cards as a page shows them."""
    return [_line(card) for card in cards]


def _line(card: Card) -> Line:
    said = {name: say(getattr(card, name)) for name in facts.WORDS}
    return Line(
        id=card.id,
        url=f"{reverse('web:lab-cards')}#{card.id}",
        side=card.side,
        side_label=side_label(card.side),
        topic=say(facts.TOPICS[card.topic]),
        **said,
        source=card.source,
        source_url=card.url,
        locator=card.locator,
        is_primary=card.seen == "primary",
        experiments=tuple(_experiments(card.experiments)),
        techniques=tuple(_technique(code) for code in card.technologies),
        corrections=tuple(Correction(on=one.on, text=say(one.text)) for one in card.corrections),
    )


def _experiments(names: Sequence[str]) -> Iterator[Link]:
    """Yield the experiments that are installed here and have a page."""
    installed = {each.id: each for each in registry.experiments()}
    for name in names:
        if name not in installed:
            continue
        try:
            url = reverse("web:lab-experiment", args=[name])
        except NoReverseMatch:
            return
        yield Link(label=say(installed[name].title), url=url)


def _technique(code: str) -> Link:
    url = f"{reverse('web:lab-cards')}?technique={code}"
    return Link(label=label("technologies", code), url=url)


def with_families(codes: Collection[str]) -> set[str]:
    """Return techniques with the families that they are of: what holds of these holds of them."""
    known = terms("technologies")
    return {*codes, *(known[code]["parent"] for code in codes if "parent" in known.get(code, {}))}


def panel(codes: Collection[str]) -> str:
    """Draw the cards about techniques; nothing where there is none."""
    found = facts.about(with_families(codes))
    families = [code for code in with_families(codes) if facts.about([code])]
    query = f"?technique={sorted(families)[0]}" if len(families) == 1 else ""
    return _drawn(found, query)


def ground_panel(code: str) -> str:
    """Draw the cards that help to judge a legal argument; nothing where there is none."""
    return _drawn(facts.of_ground(code), "")


def _drawn(found: Sequence[Card], query: str) -> str:
    if not found:
        return ""
    context = {
        "lines": lines(facts.balanced(found, MOST)),
        "total": len(found),
        "url": reverse("web:lab-cards") + query,
    }
    return render_to_string("web/cards/panel.html", context)
