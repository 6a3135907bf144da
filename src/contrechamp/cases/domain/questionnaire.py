"""Answers to the questionnaire, from facts and from people, and the grounds that they open.

Facts answer first, where they do; what a person says goes before. Unknown is an answer: a ground
of which nothing is known stays to be looked into. This informs, and is to be checked by a lawyer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contrechamp.kernel.dates import add_months
from contrechamp.kernel.errors import gettext_noop

from .authorisation import state_of, still_holds
from .grounds import NO, YES, Condition, Ground, Library, Question
from .said import Said, What, codes_in, of

OUTSIDE_LIST = frozenset({"statistics", "social_control"})
"""Purposes that CSI L251-2 does not list."""
INSIDE_LIST = frozenset(
    {"building_protection", "traffic", "verbalisation", "terrorism", "crime_prevention", "rescue"}
)
"""Purposes that it lists; the others depend on how they are worded."""
TEXTS = frozenset({"law", "decree", "ministerial_order"})
NO_TEXTS = frozenset({"none_found", "contract_only"})
SHORTEST_MONTH, LONGEST_MONTH = 28, 31
EXPERIMENT = (date(2023, 5, 20), date(2025, 3, 31))
"""Days of the experiment of LOI 2023-380, art. 10; what came after is U9."""
MOST_MONTHS_OF_FLIGHT = 3
FAMILIES_OF = {
    "algorithmes": frozenset({"video_analytics"}),
    "biometrie": frozenset({"facial_recognition", "biometrics"}),
    "son": frozenset({"audio_surveillance"}),
    "drone": frozenset({"drones"}),
    "plaques": frozenset({"lapi"}),
}
"""Questions that the technique alone answers by yes. Its absence never answers by no."""
THIRTY_DAYS = gettext_noop(
    "La durée dite est de {days} jours : elle ne dépasse un mois que pour certaines images, selon "
    "la longueur du mois."
)


class Standing(StrEnum):
    """How a ground looks, from what is known."""

    OPEN = "open"
    UNKNOWN = "unknown"
    CLOSED = "closed"
    ASIDE = "aside"
    """It concerns other techniques than those known here."""


class Origin(StrEnum):
    """Who gave an answer."""

    PERSON = "person"
    FACTS = "facts"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one question: `yes`, `no` or empty for unknown."""

    value: str = ""
    origin: Origin = Origin.NOBODY
    facts: tuple[Said, ...] = ()
    """Those that answer, or would have: a person may say otherwise."""
    from_facts: str = ""
    note: str = ""
    """A sentence with {days}, or empty."""
    note_days: int = 0

    @property
    def is_disputed(self) -> bool:
        """Whether a person says otherwise than the facts."""
        return self.origin is Origin.PERSON and self.from_facts not in ("", self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How one ground looks: why, and which questions would tell more."""

    ground: Ground
    standing: Standing
    because: tuple[str, ...]
    """Questions whose answers decided."""
    missing: tuple[str, ...]
    """Questions without an answer that would decide."""


def answers(
    library: Library, facts: Sequence[Said], told: Mapping[str, str], *, today: date
) -> Mapping[str, Answer]:
    """Return by question its answer: what a person told, else what the facts say on a day.

    `told` holds yes or no by code; anything else there counts as unknown, also against facts.
    """
    found: dict[str, Answer] = {}
    for code in library.questions:
        known = from_facts(code, facts, today=today)
        if code in told:
            value = told[code] if told[code] in (YES, NO) else ""
            found[code] = Answer(
                value=value,
                origin=Origin.PERSON,
                facts=known.facts,
                from_facts=known.value,
                note=known.note,
                note_days=known.note_days,
            )
        else:
            found[code] = known
    return found


def from_facts(code: str, facts: Sequence[Said], *, today: date) -> Answer:
    """Return what facts answer to one question; unknown where none does."""
    if families := FAMILIES_OF.get(code):
        using = [one for one in of(facts, What.TECHNOLOGY) if one.codes & families]
        return _answer(YES if using else "", using)
    rule = RULES.get(code)
    return rule(facts, today) if rule else Answer()


def looks(
    library: Library, given: Mapping[str, Answer], families: frozenset[str]
) -> tuple[Look, ...]:
    """Return how each ground looks, open ones first; `families` are the techniques known."""
    found = [_look(ground, given, families) for ground in library.grounds.values()]
    order = list(Standing)
    return tuple(sorted(found, key=lambda one: order.index(one.standing)))


def asked(library: Library, families: frozenset[str]) -> tuple[Question, ...]:
    """Return the questions that concern a project: all of them while no technique is known."""
    return tuple(
        one
        for one in library.questions.values()
        if not families or not one.about or one.about & families
    )


def _look(ground: Ground, given: Mapping[str, Answer], families: frozenset[str]) -> Look:
    opened = next((one for one in ground.opened_by if _holds(one, given)), None)
    closed = next((one for one in ground.closed_by if _holds(one, given)), None)
    missing = tuple(code for code in ground.questions if not given[code].value)
    if opened is not None:
        return Look(ground=ground, standing=Standing.OPEN, because=tuple(opened), missing=())
    if closed is not None:
        return Look(ground=ground, standing=Standing.CLOSED, because=tuple(closed), missing=())
    aside = families and ground.technologies and not ground.technologies & families
    standing = Standing.ASIDE if aside else Standing.UNKNOWN
    return Look(ground=ground, standing=standing, because=(), missing=missing)


def _holds(condition: Condition, given: Mapping[str, Answer]) -> bool:
    return all(given[code].value == value for code, value in condition.items())


def _answer(value: str, facts: Iterable[Said]) -> Answer:
    """Return an answer of facts; facts that do not answer are kept beside it."""
    kept = tuple(facts)
    origin = Origin.FACTS if value else Origin.NOBODY
    return Answer(value=value, origin=origin, facts=kept, from_facts=value)


def _text(facts: Sequence[Said], today: date) -> Answer:
    said, bases = of(facts, What.LEGAL_BASIS), codes_in(facts, What.LEGAL_BASIS)
    if bases & TEXTS:
        return _answer(YES, said)
    return _answer(NO if bases and bases <= NO_TEXTS else "", said)


def _published(facts: Sequence[Said], today: date) -> Answer:
    public, secret = of(facts, What.PUBLISHED), of(facts, What.HIDDEN)
    value = YES if public and not secret else NO if secret and not public else ""
    return _answer(value, (*public, *secret))


def _purpose(facts: Sequence[Said], today: date) -> Answer:
    said = of(facts, What.PURPOSE)
    return _answer(YES if said else "", said)


def _outside(facts: Sequence[Said], today: date) -> Answer:
    said, purposes = of(facts, What.PURPOSE), codes_in(facts, What.PURPOSE)
    if purposes & OUTSIDE_LIST:
        return _answer(YES, said)
    return _answer(NO if purposes and purposes <= INSIDE_LIST else "", said)


def _assessment(facts: Sequence[Said], today: date) -> Answer:
    said, codes = of(facts, What.IMPACT_ASSESSMENT), codes_in(facts, What.IMPACT_ASSESSMENT)
    there, none = codes & {"exists", "published"}, "none" in codes
    return _answer(YES if there and not none else NO if none and not there else "", said)


def _told(facts: Sequence[Said], today: date) -> Answer:
    yes, no = of(facts, What.TOLD), of(facts, What.NOT_TOLD)
    return _answer(YES if yes and not no else NO if no and not yes else "", (*yes, *no))


def _homes(facts: Sequence[Said], today: date) -> Answer:
    said = of(facts, What.HOMES)
    return _answer(YES if said else "", said)


def _kept(facts: Sequence[Said], today: date) -> Answer:
    said = of(facts, What.RETENTION)
    return _answer(YES if said else "", said)


def over_a_month(days: int) -> str:
    """Answer whether pictures kept so many days outlive the month: yes, no, or it depends (empty).

    A month is 28 to 31 days long (CSI L252-5). Thirty days, common in orders, pass it only for
    pictures of late January and February: a note, not a breach.
    """
    if days > LONGEST_MONTH:
        return YES
    return NO if days < LONGEST_MONTH else ""


def _month(facts: Sequence[Said], today: date) -> Answer:
    said = [one for one in of(facts, What.RETENTION) if one.number is not None]
    if not said:
        return Answer()
    longest = max(said, key=lambda one: one.number or 0)
    days = longest.number or 0
    value = over_a_month(days)
    return Answer(
        value=value,
        origin=Origin.FACTS if value else Origin.NOBODY,
        facts=(longest,),
        from_facts=value,
        note=THIRTY_DAYS if SHORTEST_MONTH < days <= LONGEST_MONTH else "",
        note_days=days,
    )


def _authorised(facts: Sequence[Said], today: date) -> Answer:
    acts, refusals = of(facts, What.AUTHORISED), of(facts, What.REFUSED)
    if acts:
        return _answer(YES, acts)
    return _answer(NO if refusals else "", refusals)


def _still(facts: Sequence[Said], today: date) -> Answer:
    held = state_of(facts)
    if held is None:
        return Answer()
    return _answer(YES if still_holds(held, today) else NO, (held.act,))


def _experiment(facts: Sequence[Said], today: date) -> Answer:
    """Answer from the days of orders and of use: some outside, or orders all inside."""
    if not codes_in(facts, What.TECHNOLOGY) & FAMILIES_OF["algorithmes"]:
        return Answer()
    dated = [one for one in of(facts, What.EXPERIMENT, What.IN_USE) if one.first is not None]
    outside = [one for one in dated if one.first and not in_experiment(one.first)]
    orders = [one for one in dated if one.what is What.EXPERIMENT]
    return _answer(NO if outside else YES if orders else "", outside or orders)


def in_experiment(day: date) -> bool:
    """Answer whether the experiment of algorithmic video was open on a day."""
    return EXPERIMENT[0] <= day <= EXPERIMENT[1]


def _flight(facts: Sequence[Said], today: date) -> Answer:
    said = of(facts, What.DRONE_ORDER)
    return _answer(YES if said else "", said)


def is_long_flight(order: Said) -> bool:
    """Answer whether an order lets cameras fly for more than three months at a stretch."""
    return (
        order.first is not None
        and order.last is not None
        and order.last >= add_months(order.first, MOST_MONTHS_OF_FLIGHT)
    )


def _long_flight(facts: Sequence[Said], today: date) -> Answer:
    orders = [one for one in of(facts, What.DRONE_ORDER) if one.first and one.last]
    long = [one for one in orders if is_long_flight(one)]
    return _answer(YES if long else NO if orders else "", long or orders)


def _file(facts: Sequence[Said], today: date) -> Answer:
    said = of(facts, What.STATE_FILE)
    return _answer(YES if said else "", said)


def _founded(facts: Sequence[Said], today: date) -> Answer:
    """Answer by yes alone: an act and an opinion are known; one of both answers nothing."""
    acts, opinions = of(facts, What.FOUNDING_ACT), of(facts, What.REGULATOR)
    return _answer(YES if acts and opinions else "", (*acts, *opinions))


RULES: Mapping[str, Callable[[Sequence[Said], date], Answer]] = {
    "texte": _text,
    "publication": _published,
    "but": _purpose,
    "but-hors-liste": _outside,
    "aipd": _assessment,
    "information": _told,
    "logements": _homes,
    "duree": _kept,
    "plus-d-un-mois": _month,
    "autorisation": _authorised,
    "en-cours": _still,
    "experience": _experiment,
    "vol-autorise": _flight,
    "vol-plus-de-trois-mois": _long_flight,
    "fichier": _file,
    "acte-cnil": _founded,
}
"""By question, how facts answer it; the others are for people to answer."""
