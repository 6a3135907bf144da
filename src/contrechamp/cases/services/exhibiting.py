"""The exhibits of an action: chosen from the library, ordered, frozen at filing, bound."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from contrechamp.cases.domain import exhibits as rules
from contrechamp.cases.domain.exhibits import Group, Role
from contrechamp.cases.domain.facts import Kind, standing
from contrechamp.cases.domain.filing import Window, findings
from contrechamp.cases.domain.inventory import Cover
from contrechamp.cases.models import Action, Exhibit
from contrechamp.cases.queries.exhibits import numbered_of, rows_of
from contrechamp.cases.queries.facts import facts_of, status_of
from contrechamp.documents import queries as documents
from contrechamp.kernel.errors import Refused, gettext_noop

from .bundling import piece_of, write_bundle

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

FROZEN = gettext_noop("La requête est déposée : cette pièce a un numéro, elle ne change plus.")
WINDOWS = ("ta", "contract", "ce")
"""The windows in which a claim is filed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is said of an exhibit."""

    label: str
    group: Group = Group.FACTS
    role: Role = Role.OTHER
    position: int = 0
    dated: str = ""
    author: str = ""
    source: str = ""


@transaction.atomic
def add_exhibit(action: Action, *, sha256: str, told: Told, actor: User, now: datetime) -> Exhibit:
    """Add a version of a document of the library. The same content twice is kept once.

    Raise `Refused` when the person may not read it, it comes from a source, or nothing names it.
    """
    _check(told)
    version = documents.find_visible(sha256, actor) if sha256 else None
    if version is None:
        raise Refused(gettext_noop("Ce document n'est pas dans la bibliothèque, ou y est scellé."))
    if version.document.origin == "RECEIVED":
        raise Refused(
            gettext_noop("Ce document vient d'une source : il n'entre dans aucune action d'ici.")
        )
    Action.objects.select_for_update().get(pk=action.pk)
    again = action.exhibits.filter(sha256=version.file_id, removed_at=None).first()
    if again is not None:
        return again
    if rows_of(action).count() >= rules.MOST_EXHIBITS:
        raise Refused(gettext_noop("Un dossier a 999 pièces au plus."))
    return Exhibit.objects.create(
        action=action,
        sha256=version.file_id,
        version=version.number,
        made_by=actor,
        made_at=now,
        **_fields(told),
    )


@transaction.atomic
def change_exhibit(row: Exhibit, *, told: Told) -> None:
    """Say otherwise what an exhibit is. Raise `Refused` once it is filed."""
    _check(told)
    _check_not_filed(row)
    Exhibit.objects.filter(pk=row.pk).update(**_fields(told))


@transaction.atomic
def remove_exhibit(row: Exhibit, *, now: datetime) -> None:
    """Take an exhibit out. Raise `Refused` once it is filed."""
    _check_not_filed(row)
    Exhibit.objects.filter(pk=row.pk).update(removed_at=now)


def freeze_numbers(action: Action) -> None:
    """Keep for ever the numbers that the exhibits have on the day of filing.

    A filing that was noted by mistake, and taken back, leaves them free.
    """
    if not any(each.kind is Kind.CLAIM_FILED for each in standing(facts_of(action))):
        action.exhibits.update(number=0)
        return
    for key, number in rules.freeze(numbered_of(action)).items():
        Exhibit.objects.filter(pk=key, number=0).update(number=number)


def bind_exhibits(action: Action, out: Path, *, actor: User, now: datetime, why: str = "") -> None:
    """Write the deposit folder and the reading bundle of an action into an empty folder.

    `why`: the reason to export though the window is over. Raise `Refused` with what forbids it.
    """
    pairs = [piece_of(each, actor=actor) for each in numbered_of(action)]
    is_filed = any(each.kind is Kind.CLAIM_FILED for each in standing(facts_of(action)))
    found = findings(
        [piece.exhibit for piece, _ in pairs],
        (),
        [screened for _, screened in pairs],
        window=Window() if is_filed else _window(action, why, now),
        today=localdate(now),
    )
    parties = action.parties.filter(removed_at=None).order_by("side", "name")
    cover = Cover(
        title=action.title,
        day=localdate(now),
        court=action.court,
        parties=tuple(f"{each.name}, {each.get_side_display()}" for each in parties),
        is_draft=not is_filed,
    )
    write_bundle(out, cover, [piece for piece, _ in pairs], found=found)


def _window(action: Action, why: str, now: datetime) -> Window:
    items = status_of(action, now=now).dates.items
    days = [items[name].act_by_safe for name in WINDOWS if name in items]
    return Window(act_by_safe=max((day for day in days if day), default=None), override=why)


def _check(told: Told) -> None:
    if not rules.plain(told.label):
        raise Refused(gettext_noop("Donnez un intitulé à la pièce, avec des lettres."))


def _check_not_filed(row: Exhibit) -> None:
    if Exhibit.objects.select_for_update().get(pk=row.pk).number:
        raise Refused(FROZEN)


def _fields(told: Told) -> dict[str, object]:
    return {
        "label": told.label.strip(),
        "group": told.group,
        "role": told.role,
        "position": told.position,
        "dated": told.dated.strip(),
        "author": told.author.strip(),
        "source": told.source.strip(),
    }
