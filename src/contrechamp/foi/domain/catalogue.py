"""What one can ask for: 33 kinds of documents, with wording, holder, objection and ladder.

Data: `vocabulary/documents.toml`. It is refused whole when one line is incomplete, asks a question
or leaves out the object or the period: a request names documents, it never asks for information.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from contrechamp.kernel.errors import Refused, gettext_noop

from .wording import flowing, in_full, say, set_in_french

COUNT = 33
_CUT = "\0"
"""Stands for what a person types, where our words are cut."""
SLOTS = frozenset({"project", "supplier", "since"})
_SLOT = re.compile(r"\{([^{}]*)\}")
_TERM = r'(?:"[^"]+"|[\w-]+)'
_QUERY = re.compile(rf"{_TERM}(?: OR {_TERM})*")
_CODE = re.compile(r"[a-z]+(?:-[a-z]+)*")


class Holder(StrEnum):
    """Who usually holds a document."""

    TOWN = "T"
    PREFECTURE = "P"
    MINISTRY = "M"
    OPERATOR = "O"
    SCHOOL_OR_TRANSPORT = "S"


class Step(StrEnum):
    """The ladder: what to ask for, in this order, when more was refused."""

    WHOLE = "WHOLE"
    MASKED = "MASKED"
    LISTING = "LISTING"
    CONSULTATION = "CONSULTATION"
    CERTIFICATE = "CERTIFICATE"


@dataclass(frozen=True, slots=True)
class Words:
    """A label in two languages."""

    fr: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A kind of document that one can ask for. Wordings hold the slots of `SLOTS`."""

    code: str
    number: int
    label: Words
    wording: str
    of_named: str
    masked: str
    listing: str
    holders: tuple[Holder, ...]
    hook: tuple[str, ...]
    """What the law or the commission says, as citations."""
    objection: Words
    answer: str
    """The paragraph that answers the usual objection, in French."""
    cada_query: str
    """Words and "phrases" joined by OR, over the object of opinions."""
    warnings: tuple[Words, ...]
    is_environmental: bool = False

    @property
    def cada_terms(self) -> tuple[str, ...]:
        """The words and phrases of the query, without quotation marks."""
        return tuple(term.strip('"') for term in self.cada_query.split(" OR "))

    @property
    def slots(self) -> frozenset[str]:
        """The slots that the wording asks to fill."""
        return frozenset(_SLOT.findall(self.wording))

    @property
    def answer_set(self) -> str:
        """The answer to the usual objection, with its spaces set: ready for a letter."""
        return set_in_french(self.answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What fills the slots of a wording; what is empty is said in general words.

    `project` names the project or system and is quoted; `supplier` is a company's name; `since` is
    a day, or a text such as `2022`.
    """

    since: date | str
    project: str = ""
    supplier: str = ""


class CatalogueFault(ValueError):
    """The catalogue is not whole: its argument says where."""


class NoPeriod(Refused):
    """An item has no period."""


@cache
def catalogue() -> Mapping[str, Document]:
    """Return the kinds of documents by code, in the order of their numbers."""
    return read(files("contrechamp").joinpath("vocabulary", "documents.toml").read_text("utf-8"))


def read(text: str) -> Mapping[str, Document]:
    """Return the catalogue that a TOML text holds. Raise `CatalogueFault` when it is not whole."""
    try:
        rows = tomllib.loads(text).get("document", [])
    except tomllib.TOMLDecodeError as error:
        raise CatalogueFault(f"documents.toml: {error}") from None
    found = [_document(row) for row in rows]
    if [each.number for each in found] != list(range(1, COUNT + 1)):
        raise CatalogueFault(f"documents.toml: the numbers are not 1 to {COUNT}, in order")
    if len({each.code for each in found}) != COUNT:
        raise CatalogueFault("documents.toml: a code is there twice")
    return {each.code: each for each in found}


_FIELDS = frozenset(Document.__dataclass_fields__) - {"is_environmental"}


def _document(row: Mapping[str, Any]) -> Document:
    where = f"documents.toml, {row.get('code') or row.get('number') or 'a line without code'}"
    if lacking := sorted(_FIELDS - set(row)):
        raise CatalogueFault(f"{where}: {', '.join(lacking)} missing")
    if unknown := sorted(set(row) - _FIELDS - {"environmental"}):
        raise CatalogueFault(f"{where}: {', '.join(unknown)} unknown")
    try:
        document = Document(
            **{name: row[name] for name in _FIELDS - set(_SHAPED)},
            **{name: shape(row[name]) for name, shape in _SHAPED.items()},
            is_environmental=bool(row.get("environmental", False)),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise CatalogueFault(f"{where}: {error}") from None
    for fault in _faults(document):
        raise CatalogueFault(f"{where}: {fault}")
    return document


def _words(row: Mapping[str, str]) -> Words:
    return Words(fr=row["fr"], en=row["en"])


_SHAPED: Mapping[str, Any] = {
    "label": _words,
    "objection": _words,
    "holders": lambda rows: tuple(Holder(each) for each in rows),
    "hook": tuple,
    "warnings": lambda rows: tuple(_words(each) for each in rows),
}


def _faults(document: Document) -> list[str]:
    """Return what is wrong with a line whose fields are all there."""
    found: list[str] = []
    texts = {
        **{name: getattr(document, name) for name in ("wording", "masked", "listing")},
        **{name: getattr(document, name) for name in ("of_named", "answer", "code")},
        "label": document.label.fr and document.label.en,
        "objection": document.objection.fr and document.objection.en,
        "warnings": "".join(each.fr for each in document.warnings) if document.warnings else "-",
    }
    found += [f"{name} is empty" for name, text in texts.items() if not text.strip()]
    found += [f"{name} asks a question" for name, text in texts.items() if "?" in text]
    for name in ("wording", "masked", "listing"):
        slots = set(_SLOT.findall(texts[name]))
        if unknown := sorted(slots - SLOTS):
            found.append(f"{name} has the unknown slot {unknown[0]!r}")
        if "since" not in slots:
            found.append(f"{name} has no period: {{since}}")
        if not slots & {"project", "supplier"}:
            found.append(f"{name} has no object: {{project}} or {{supplier}}")
    if not _CODE.fullmatch(document.code):
        found.append("the code is not words joined by hyphens")
    if not document.holders:
        found.append("no holder")
    if not document.hook:
        found.append("no legal hook")
    if not _QUERY.fullmatch(document.cada_query):
        found.append("cada_query is not words or phrases joined by OR")
    return found


_NAMED, _GENERAL = "le projet « {name} »", "le dispositif de surveillance"
_SUPPLIER = "le fournisseur retenu"


def worded(document: Document, filling: Filling, step: Step = Step.WHOLE) -> str:
    """Return an item's French wording at a step of the ladder, slots filled.

    Raise `NoPeriod` when nothing says since when.
    """
    if isinstance(filling.since, date):
        since = f"le {in_full(filling.since)}"
    else:
        since = flowing(filling.since)
    if not since:
        raise NoPeriod(
            gettext_noop("Indiquez depuis quand : un document se désigne aussi par sa période.")
        )
    project = flowing(filling.project)
    return say(
        _SENTENCES[step](document),
        since=since,
        project=say(_NAMED, name=project) if project else _GENERAL,
        supplier=flowing(filling.supplier) or _SUPPLIER,
    )


_SENTENCES: Mapping[Step, Any] = {
    Step.WHOLE: lambda each: each.wording,
    Step.MASKED: lambda each: each.masked,
    Step.LISTING: lambda each: each.listing,
    Step.CONSULTATION: lambda each: (
        f"La consultation gratuite sur place {each.of_named} concernant {{project}}, "
        "pour la période ouverte depuis {since}."
    ),
    Step.CERTIFICATE: lambda each: (
        f"Une attestation de l'inexistence {each.of_named} concernant {{project}}, "
        "pour la période ouverte depuis {since}."
    ),
}


def ladder(document: Document, filling: Filling) -> tuple[tuple[Step, str], ...]:
    """Return the steps of the ladder, each with its wording, from whole to certificate."""
    return tuple((step, worded(document, filling, step)) for step in Step)


def next_step(step: Step) -> Step | None:
    """Return the step that follows a refused one; `None` after the last."""
    steps = list(Step)
    at = steps.index(step) + 1
    return steps[at] if at < len(steps) else None


def boilerplate(documents: Mapping[str, Document]) -> tuple[str, ...]:
    """Return the wordings of the catalogue without what fills them: the same for everybody."""
    named = _NAMED.format(name=_CUT)
    fillings = [
        {"project": project, "supplier": supplier, "since": since}
        for project in (named, _GENERAL)
        for supplier in (_CUT, _SUPPLIER)
        for since in (f"le {_CUT}", _CUT)
    ]
    parts = {
        part: None
        for each in documents.values()
        for step in Step
        for values in fillings
        for part in _SENTENCES[step](each).format(**values).split(_CUT)
    }
    return tuple(parts)
