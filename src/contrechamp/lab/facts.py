"""Fact cards: one figure each, with what it is a share of, who measured it, and the other side.

`facts.toml` holds them. What nobody has seen in a source never reaches a page (`unverified`);
what was read in a report about the source is told as such (`secondary`). A card that was wrong
keeps its corrections with their days. Both sides' cards stand at the same size.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from .model import Text
from .references import Seen

Side = Literal["critics", "other", "context"]
"""Whom a figure speaks for: those who criticise the machine, those who use or sell it, neither."""

TOPICS: Mapping[str, Text] = {
    "live-faces": Text("Visages dans la foule", "Faces in a crowd"),
    "faces-by-group": Text("Visages, selon le groupe", "Faces, by group"),
    "prediction": Text("Prédire le crime", "Predicting crime"),
    "gunshots": Text("Micros et coups de feu", "Microphones and gunshots"),
    "cameras": Text("Caméras", "Cameras"),
    "scores": Text("Scores de personnes", "Scores of people"),
    "algorithmic-video": Text("Vidéo algorithmique", "Algorithmic video"),
    "money": Text("Argent", "Money"),
}
WORDS = ("claim", "number", "denominator", "period", "place", "measured_by", "reply")
"""What each card says in French and in English."""
PLAIN = {"topic", "side", "source", "url", "locator", "seen", "at"}
LISTS = {"technologies", "grounds", "experiments"}
FIELDS = (
    PLAIN
    | LISTS
    | {"corrections"}
    | {f"{name}_{tongue}" for name in WORDS for tongue in ("fr", "en")}
)


class BadFacts(Exception):
    """The cards lack what each must say: a mistake of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a card said wrongly, and since when it says otherwise."""

    on: date
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One figure that is told about a machine."""

    id: str
    topic: str
    side: Side
    claim: Text
    number: Text
    denominator: Text
    period: Text
    place: Text
    measured_by: Text
    source: str
    url: str
    locator: str
    seen: Seen
    reply: Text
    """What the other side answers, or that no answer was found."""
    at: date
    technologies: tuple[str, ...] = ()
    """Codes of the vocabulary of techniques."""
    grounds: tuple[str, ...] = ()
    """Codes of legal arguments that it helps to judge."""
    experiments: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = field(default=())

    @property
    def is_shown(self) -> bool:
        """Whether a page may show it."""
        return self.seen != "unverified"

    @property
    def changed_on(self) -> date:
        """The day of its last correction, or of its first publication."""
        return max((self.at, *(each.on for each in self.corrections)))

    def to_json(self) -> dict[str, Any]:
        """Return the whole card in both languages."""
        words = {name: getattr(self, name).to_json() for name in WORDS}
        return {
            "id": self.id,
            "topic": self.topic,
            "side": self.side,
            **words,
            "source": {"title": self.source, "url": self.url, "locator": self.locator},
            "seen": self.seen,
            "technologies": list(self.technologies),
            "grounds": list(self.grounds),
            "experiments": list(self.experiments),
            "published_on": self.at.isoformat(),
            "corrections": [
                {"on": each.on.isoformat(), "text": each.text.to_json()}
                for each in self.corrections
            ],
        }


@cache
def every() -> tuple[Card, ...]:
    """Return all cards, read once, in the order of the topics and of the file."""
    cards = load(files("contrechamp.lab").joinpath("facts.toml").read_text("utf-8"))
    order = list(TOPICS)
    return tuple(sorted(cards, key=lambda card: order.index(card.topic)))


def shown() -> tuple[Card, ...]:
    """Return the cards that a page may show."""
    return tuple(card for card in every() if card.is_shown)


def about(technologies: Collection[str]) -> tuple[Card, ...]:
    """Return the shown cards about any of these techniques."""
    wanted = set(technologies)
    return tuple(card for card in shown() if wanted.intersection(card.technologies))


def of_ground(code: str) -> tuple[Card, ...]:
    """Return the shown cards that help to judge a legal argument."""
    return tuple(card for card in shown() if code in card.grounds)


def of_experiment(name: str) -> tuple[Card, ...]:
    """Return the shown cards that an experiment tries."""
    return tuple(card for card in shown() if name in card.experiments)


def balanced(cards: Sequence[Card], most: int) -> tuple[Card, ...]:
    """Return at most so many cards, sides in turn: neither is cut short for the other."""
    sides: list[list[Card]] = [
        [card for card in cards if card.side == side] for side in get_args(Side)
    ]
    chosen: list[Card] = []
    while len(chosen) < most and any(sides):
        for left in sides:
            if left and len(chosen) < most:
                chosen.append(left.pop(0))
    return tuple(card for card in cards if card in chosen)


def load(text: str) -> tuple[Card, ...]:
    """Return the cards of a TOML text, or raise `BadFacts` with what is wrong."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise BadFacts(str(wrong)) from None
    faults = [fault for name, held in content.items() for fault in _faults(name, held)]
    if faults:
        raise BadFacts("; ".join(faults))
    return tuple(_card(name, held) for name, held in content.items())


def unknown(
    cards: Iterable[Card],
    *,
    technologies: Collection[str],
    grounds: Collection[str],
    experiments: Collection[str],
) -> Iterator[str]:
    """Yield what cards name and nobody knows: the vocabularies belong to other rooms."""
    for card in cards:
        for kind, named, known in (
            ("technology", card.technologies, technologies),
            ("ground", card.grounds, grounds),
            ("experiment", card.experiments, experiments),
        ):
            yield from (f"{card.id}: unknown {kind} {name}" for name in named if name not in known)


def _faults(name: str, held: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{name}: unknown field {each}" for each in sorted(set(held) - FIELDS))
    needed = FIELDS - LISTS - {"corrections"}
    yield from (f"{name}: no {each}" for each in sorted(needed) if not held.get(each))
    for key, allowed in (("side", get_args(Side)), ("seen", get_args(Seen)), ("topic", (*TOPICS,))):
        if held.get(key) and held[key] not in allowed:
            yield f"{name}: {key} is none of {', '.join(allowed)}"
    if not str(held.get("url", "https://")).startswith("https://"):
        yield f"{name}: the address is not one of https"
    days = [held.get("at"), *(each.get("on") for each in held.get("corrections", ()))]
    if not all(isinstance(day, date) for day in days):
        yield f"{name}: a day is not a date"


def _card(name: str, held: Mapping[str, Any]) -> Card:
    fields: dict[str, Any] = {key: held[key] for key in PLAIN}
    fields |= {key: Text(held[f"{key}_fr"], held[f"{key}_en"]) for key in WORDS}
    fields |= {key: tuple(held.get(key, ())) for key in LISTS}
    corrections = tuple(
        Correction(on=each["on"], text=Text(each["fr"], each["en"]))
        for each in held.get("corrections", ())
    )
    return Card(id=name, corrections=corrections, **fields)
