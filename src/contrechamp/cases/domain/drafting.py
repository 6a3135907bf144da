"""What a paper is made of, as its team chose it, and what happens when two people change it.

Values only. Choices are changed by small verbs on the latest ones, so that what one person does is
never lost to what another did meanwhile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from contrechamp.foi.domain.paper import Grid
from contrechamp.kernel.errors import Refused, gettext_noop

from .exhibits import Exhibit
from .papers import Paper, PaperKind, Role, Section, Side

MOST_MEANS = 40
MOST_FACTS = 200
LONGEST_TEXT = 60_000


class Changed(Refused):
    """Somebody else wrote the same section meanwhile: nothing is kept over it, nothing is lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMean:
    """A means that the library does not have, in the team's words."""

    title: str
    text: str = ""
    facts: tuple[str, ...] = ()
    """Published facts that prove it: `clm-…`."""
    is_external: bool = False
    """Of external legality: who decided, and how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The means in their order, the facts, and what is asked."""

    means: tuple[str, ...] = ()
    """Codes of the library, or keys of `own`."""
    own: Mapping[str, OwnMean] = field(default_factory=dict)
    """Kept when withdrawn, so that an undo finds it."""
    facts: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return them as a row keeps them."""
        return {
            "means": list(self.means),
            "own": {
                key: {
                    "title": one.title,
                    "text": one.text,
                    "facts": list(one.facts),
                    "is_external": one.is_external,
                }
                for key, one in self.own.items()
            },
            "facts": list(self.facts),
            "options": dict(self.options),
        }


def read_choices(data: Mapping[str, Any]) -> Choices:
    """Return choices from what a row keeps."""
    return Choices(
        means=tuple(data.get("means", ())),
        own={
            key: OwnMean(
                title=one.get("title", ""),
                text=one.get("text", ""),
                facts=tuple(one.get("facts", ())),
                is_external=bool(one.get("is_external")),
            )
            for key, one in data.get("own", {}).items()
        },
        facts=tuple(data.get("facts", ())),
        options=dict(data.get("options", {})),
    )


def merged(
    latest: Choices, *, seen: Choices, means: Iterable[str], facts: Iterable[str]
) -> Choices:
    """Return the latest choices with what somebody ticked and unticked on those that they saw.

    What another added or took away meanwhile stays so. Raise `Refused` for too many.
    """
    kept = replace(
        latest,
        means=_ticked(latest.means, seen.means, tuple(means)),
        facts=_ticked(latest.facts, seen.facts, tuple(facts)),
    )
    if len(kept.means) > MOST_MEANS:
        raise Refused(gettext_noop("Un écrit a 40 moyens au plus : gardez les plus solides."))
    if len(kept.facts) > MOST_FACTS:
        raise Refused(gettext_noop("Un écrit cite 200 faits au plus : gardez les plus utiles."))
    return kept


def _ticked(latest: Sequence[str], seen: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    gone = set(seen) - set(wanted)
    added = [each for each in wanted if each not in seen and each not in latest]
    return (*(each for each in latest if each not in gone), *dict.fromkeys(added))


def moved(latest: Choices, key: str, beside: str) -> Choices:
    """Return the choices with a means in the place of another, which makes room for it.

    Raise `Refused` where one of both was withdrawn meanwhile.
    """
    means = list(_having(latest, key, beside).means)
    to = means.index(beside)
    means.remove(key)
    means.insert(to, key)
    return replace(latest, means=tuple(means))


def withdrawn(latest: Choices, key: str) -> Choices:
    """Return the choices without a means. Doing it twice changes nothing."""
    return replace(latest, means=tuple(each for each in latest.means if each != key))


def added(latest: Choices, key: str, mean: OwnMean) -> Choices:
    """Return the choices with a means in the team's own words, last. Raise `Refused`."""
    if not mean.title.strip():
        raise Refused(gettext_noop("Donnez un titre au moyen."))
    if len(latest.means) >= MOST_MEANS:
        raise Refused(gettext_noop("Un écrit a 40 moyens au plus : gardez les plus solides."))
    return replace(latest, means=(*latest.means, key), own={**latest.own, key: mean})


def asked(latest: Choices, options: Mapping[str, str]) -> Choices:
    """Return the choices with what is asked; empty options go, options not named stay."""
    kept = {**latest.options, **options}
    return replace(latest, options={name: value for name, value in kept.items() if value})


def _having(choices: Choices, *keys: str) -> Choices:
    if not set(keys) <= set(choices.means):
        raise Refused(gettext_noop("Ce moyen a été retiré entre-temps : rechargez la page."))
    return choices


class Standing(StrEnum):
    """How a section's text stands to the facts."""

    COMPUTED = "computed"
    """It follows the facts."""
    OWN = "own"
    """Written by hand, on facts that are still those."""
    BEHIND = "behind"
    """Written by hand; the facts have changed since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The last text of a section, as somebody left it."""

    number: int = 0
    title: str = ""
    text: str = ""
    is_own: bool = False
    basis: str = ""


def standing_of(written: Written, basis: str) -> Standing:
    """Return how a section stands to what the facts say now, whose digest is `basis`."""
    if not written.is_own:
        return Standing.COMPUTED
    return Standing.OWN if written.basis == basis else Standing.BEHIND


def digest_of(section: Section, site: str) -> str:
    """Return what tells two computed sections apart, whichever name the site is read under."""
    rows = (cell for table in section.tables for row in table.rows for cell in row)
    whole = "\n".join([section.title, section.body, *rows])
    text = whole.replace(site, "") if site else whole
    return hashlib.sha256(text.encode()).hexdigest()


def check_text(text: str, *, seen: int, latest: int) -> str:
    """Return a text fit to be kept. Raise `Changed` when another was written since `seen`.

    Raise `Refused` for one that is empty or too long.
    """
    tidy = text.replace("\r\n", "\n").strip()
    if not tidy:
        raise Refused(
            gettext_noop("Le texte est vide : écrivez-le, ou revenez à celui que disent les faits.")
        )
    if len(tidy) > LONGEST_TEXT:
        raise Refused(gettext_noop("Ce texte est trop long : 60 000 signes au plus."))
    if seen != latest:
        raise Changed(
            gettext_noop(
                "Quelqu'un a changé cette partie pendant que vous l'écriviez. Votre texte n'est "
                "pas perdu : les deux sont ci-dessous."
            )
        )
    return tidy


def frozen_of(paper: Paper) -> dict[str, Any]:
    """Return a paper as a row keeps it once it is final; exhibits are kept by the action."""
    data = {
        name: getattr(paper, name)
        for name in ("title", "subject", "reference", "place", "salutation", "closing", "note")
    }
    return data | {
        "kind": paper.kind.value,
        "day": paper.day.isoformat(),
        "sender": list(paper.sender),
        "addressee": list(paper.addressee),
        "signature": list(paper.signature),
        "sections": [
            {
                "key": each.key,
                "title": each.title,
                "body": each.body,
                "role": each.role.value,
                "side": each.side.value if each.side else "",
                "is_computed": each.is_computed,
                "tables": [[list(one.columns), [list(r) for r in one.rows]] for one in each.tables],
            }
            for each in paper.sections
        ],
    }


def thawed(data: Mapping[str, Any], exhibits: tuple[Exhibit, ...]) -> Paper:
    """Return a final paper from what a row keeps, its exhibits with their numbers of now."""
    return Paper(
        kind=PaperKind(data["kind"]),
        title=data["title"],
        sender=tuple(data["sender"]),
        addressee=tuple(data["addressee"]),
        subject=data["subject"],
        reference=data["reference"],
        place=data["place"],
        day=date.fromisoformat(data["day"]),
        sections=tuple(_section(each) for each in data["sections"]),
        exhibits=exhibits,
        salutation=data["salutation"],
        closing=data["closing"],
        signature=tuple(data["signature"]),
        note=data["note"],
        is_draft=False,
    )


def _section(data: Mapping[str, Any]) -> Section:
    return Section(
        key=data["key"],
        title=data["title"],
        body=data["body"],
        role=Role(data["role"]),
        side=Side(data["side"]) if data["side"] else None,
        is_computed=data["is_computed"],
        tables=tuple(
            Grid(tuple(columns), tuple(tuple(row) for row in rows))
            for columns, rows in data["tables"]
        ),
    )
