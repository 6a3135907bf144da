"""The library of arguments: `vocabulary/grounds.toml`, checked against sources and documents.

A ground says what may be argued, which texts and decisions support it, which go against it, the
answers to expect, which answers to the questionnaire open or close it, and which documents would
prove it. What is not whole, contradicts itself or leans on an adverse decision is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from contrechamp.foi.domain.catalogue import catalogue
from contrechamp.kernel.errors import gettext_noop
from contrechamp.kernel.names import fold

from .lines import (
    SURE,
    Row,
    Validity,
    Words,
    check_fields,
    check_known,
    check_once,
    day_of,
    rows_of,
    validity_of,
    vocabulary,
    words_of,
    wrong,
)
from .sources import QUESTIONS as OPEN_QUESTIONS
from .sources import Source, Sources, sources

FILE = "grounds.toml"
YES, NO = "yes", "no"
ANSWERS = (YES, NO)
THEMES = (
    *("proportion", "legalite", "donnees", "duree", "finalite", "autorisation", "techniques"),
    *("personnes", "drones", "police", "marche", "fichiers"),
)
FAMILIES = frozenset(
    {
        *("video_surveillance", "body_cameras", "onboard_cameras", "drones", "video_analytics"),
        *("facial_recognition", "biometrics", "lapi", "audio_surveillance", "predictive_policing"),
        *("scoring", "police_files", "hypervision", "phone_interception", "phone_extraction"),
        *("internet_monitoring", "network_interception", "gps_tracking", "exam_monitoring"),
        *("work_monitoring", "thermal_cameras", "citizen_alert_apps", "body_scanners"),
    }
)
"""The families of `vocabulary/technologies.yaml` (a test holds both together)."""
QUESTION_FIELDS = ("code", "label", "hint", "proved_by", "about")
GROUND_FIELDS = (
    *("code", "theme", "title", "summary", "argument", "opened_by", "closed_by", "supports"),
    *("against", "proved_by", "counter", "technologies", "valid_from", "valid_to", "sure"),
    *("uncertain", "reviewed_on"),
)
Condition = Mapping[str, str]
"""Answers by question: it holds when all were given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What one may ask about a project, answered by yes, no or unknown."""

    code: str
    label: Words
    hint: Words
    proved_by: tuple[str, ...]
    """Kinds of documents that would answer it, most telling first."""
    about: frozenset[str]
    """Families of techniques that it concerns; empty: all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Something that one may argue."""

    code: str
    theme: str
    title: Words
    summary: Words
    argument: str
    """In French: material for a paper before a French court."""
    opened_by: tuple[Condition, ...]
    closed_by: tuple[Condition, ...]
    supports: tuple[str, ...]
    against: tuple[str, ...]
    proved_by: tuple[str, ...]
    counter: tuple[str, ...]
    """What will be answered, or is to be checked first; in French."""
    technologies: frozenset[str]
    validity: Validity
    sure: str
    uncertain: tuple[str, ...]
    reviewed_on: date

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that open or close it, each once."""
        conditions = (*self.opened_by, *self.closed_by)
        return tuple(dict.fromkeys(code for one in conditions for code in one))


@dataclass(frozen=True, slots=True)
class Library:
    """Grounds and questions by code, with the sources that they rest on."""

    grounds: Mapping[str, Ground]
    questions: Mapping[str, Question]
    sources: Sources

    def support_of(self, ground: Ground, day: date) -> tuple[Source, ...]:
        """Return what may be quoted in support for facts of a day: never an adverse decision."""
        found = (self.sources.at(code, day) or self._later(code) for code in ground.supports)
        return tuple(one for one in found if one is not None and one.may_support)

    def adverse_to(self, ground: Ground) -> tuple[Source, ...]:
        """Return what goes against it, and what others would wrongly quote for it: set aside."""
        named = [self.sources.newest(code) for code in ground.against]
        fallen = [one for one in self.sources.every() if one.overturned_by in ground.against]
        return (*named, *(one for one in fallen if one.overturned_by))

    def grounds_on(self, code: str) -> tuple[Ground, ...]:
        """Return the grounds that a source is quoted for or against."""
        return tuple(one for one in self.grounds.values() if code in (*one.supports, *one.against))

    def search(self, words: str, theme: str = "", technology: str = "") -> tuple[Ground, ...]:
        """Return the grounds in which every word occurs, accents aside; all for no word."""
        wanted = [fold(word) for word in words.split()]
        return tuple(
            one
            for one in self.grounds.values()
            if (not theme or one.theme == theme)
            and (not technology or not one.technologies or technology in one.technologies)
            and all(word in self._text_of(one) for word in wanted)
        )

    def _later(self, code: str) -> Source | None:
        """Return a decision that came after the facts: it still says what the law was."""
        newest = self.sources.newest(code)
        return newest if newest.is_decision else None

    def _text_of(self, ground: Ground) -> str:
        quoted = [self.sources.newest(code) for code in (*ground.supports, *ground.against)]
        names = (f"{one.name} {one.formerly} {one.court}" for one in quoted)
        said = (ground.title, ground.summary)
        both = (f"{one.fr} {one.en}" for one in said)
        return fold(" ".join([*both, ground.argument, *names, *ground.counter]))


@cache
def library() -> Library:
    """Return the library that travels with the code. Raises Misconfigured when it is not whole."""
    return read_library(vocabulary(FILE), sources())


def read_library(text: str, rests_on: Sources) -> Library:
    """Read grounds and questions from TOML. Raises Misconfigured, a sentence naming the line."""
    questions = [_question(row) for row in rows_of(FILE, text, "question")]
    check_once(FILE, (one.code for one in questions))
    asked = {one.code: one for one in questions}
    grounds = [_ground(row, asked, rests_on) for row in rows_of(FILE, text, "ground")]
    check_once(FILE, (one.code for one in grounds))
    used = {code for one in grounds for code in one.questions}
    for code in asked:
        if code not in used:
            raise wrong(
                FILE, code, gettext_noop("{file} : la question {code} n'ouvre ni ne ferme rien.")
            )
    return Library({one.code: one for one in grounds}, asked, rests_on)


def _question(row: Row) -> Question:
    check_fields(FILE, row, QUESTION_FIELDS, empty=("about",))
    check_known(FILE, row, "proved_by", catalogue())
    check_known(FILE, row, "about", FAMILIES)
    return Question(
        code=row["code"],
        label=words_of(FILE, row, "label"),
        hint=words_of(FILE, row, "hint"),
        proved_by=tuple(row["proved_by"]),
        about=frozenset(row["about"]),
    )


def _ground(row: Row, asked: Iterable[str], rests_on: Sources) -> Ground:
    check_fields(FILE, row, GROUND_FIELDS, empty=("against", "technologies", "uncertain"))
    lists = (
        *(("theme", THEMES), ("sure", SURE), ("technologies", FAMILIES)),
        *(("uncertain", OPEN_QUESTIONS), ("proved_by", catalogue())),
        *(("supports", rests_on.by_code), ("against", rests_on.by_code)),
    )
    for field, known in lists:
        check_known(FILE, row, field, known)
    ground = Ground(
        code=row["code"],
        theme=row["theme"],
        title=words_of(FILE, row, "title"),
        summary=words_of(FILE, row, "summary"),
        argument=row["argument"],
        opened_by=_conditions(row, "opened_by", asked),
        closed_by=_conditions(row, "closed_by", asked),
        supports=tuple(row["supports"]),
        against=tuple(row["against"]),
        proved_by=tuple(row["proved_by"]),
        counter=tuple(row["counter"]),
        technologies=frozenset(row["technologies"]),
        validity=validity_of(FILE, row),
        sure=row["sure"],
        uncertain=tuple(row["uncertain"]),
        reviewed_on=day_of(FILE, row, "reviewed_on"),
    )
    _check_supports(ground, rests_on)
    _check_apart(ground)
    return ground


def _conditions(row: Row, field: str, asked: Iterable[str]) -> tuple[Condition, ...]:
    known, found = set(asked), tuple(row[field])
    for condition in found:
        if not condition or set(condition) - known or set(condition.values()) - set(ANSWERS):
            raise wrong(
                FILE,
                row["code"],
                gettext_noop(
                    "{file}, {code} : « {field} » nomme des questions connues, avec yes ou no."
                ),
                field=field,
            )
    return found


def _check_supports(ground: Ground, rests_on: Sources) -> None:
    """Refuse a ground that leans on a decision that went the other way or was set aside."""
    for code in ground.supports:
        if not rests_on.newest(code).may_support or code in ground.against:
            raise wrong(
                FILE,
                ground.code,
                gettext_noop("{file}, {code} : {source} est contraire, et ne peut pas soutenir."),
                source=code,
            )


def _check_apart(ground: Ground) -> None:
    """Refuse a ground that the same answers would open and close."""
    for opened in ground.opened_by:
        for closed in ground.closed_by:
            common = opened.keys() & closed.keys()
            if not any(opened[code] != closed[code] for code in common):
                raise wrong(
                    FILE,
                    ground.code,
                    gettext_noop("{file}, {code} : les mêmes réponses l'ouvrent et le ferment."),
                )
