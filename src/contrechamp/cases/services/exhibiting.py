"""The exhibits of an action: added, changed, ordered, taken out and put back, frozen at filing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.cases.domain import exhibits as rules
from contrechamp.cases.domain import ordering
from contrechamp.cases.domain.entering import why_not
from contrechamp.cases.domain.exhibits import Group, Role
from contrechamp.cases.domain.facts import standing
from contrechamp.cases.domain.filing import NotFit
from contrechamp.cases.domain.freezing import may_give_back
from contrechamp.cases.domain.picking import joined
from contrechamp.cases.models import Action, Bundle, Exhibit
from contrechamp.cases.queries.entering import known_of, version_of
from contrechamp.cases.queries.exhibits import numbered_of, rows_of
from contrechamp.cases.queries.facts import facts_of
from contrechamp.documents import queries as documents
from contrechamp.kernel.errors import Refused, gettext_noop

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

FROZEN = gettext_noop("La requête est déposée : cette pièce a un numéro, elle ne change plus.")
UNKNOWN = gettext_noop("Ce document n'est pas dans la bibliothèque, ou y est scellé.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is said of an exhibit."""

    label: str
    group: Group = Group.FACTS
    role: Role = Role.OTHER
    dated: str = ""
    author: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A content that this room keeps: its key, what it is, what hides in it."""

    sha256: str
    kind: str
    pages: int
    verdict: str = "clean"


@transaction.atomic
def add_exhibit(
    action: Action,
    *,
    sha256: str,
    told: Told,
    actor: User,
    now: datetime,
    origin: str = "",
    shows: Sequence[Mapping[str, object]] = (),
) -> Exhibit:
    """Add a version of a document of the library. The same content twice is kept once.

    `shows`: the claims it proves, with the page of each. Raise `Refused` when the person may not
    read it, `NotFit` when it is sealed, private, withdrawn, or a source's that two people have
    not let in.
    """
    _check(told)
    version = documents.find_visible(sha256, actor) if sha256 else None
    if version is None:
        raise Refused(UNKNOWN)
    if no := why_not(known_of(action, version.file_id, actor, now=now)):
        raise NotFit(no, about=version.document.title)
    best = version_of(version.file_id, actor) or version
    return _add(
        action,
        Held(sha256=version.file_id, kind="", pages=0, verdict=""),
        told,
        actor=actor,
        now=now,
        version=best.number,
        origin=origin,
        shows=list(shows),
    )


@transaction.atomic
def add_held(
    action: Action, *, held: Held, told: Told, actor: User, now: datetime, origin: str = ""
) -> Exhibit:
    """Add a paper that this room keeps for the team. The same content twice is kept once."""
    _check(told)
    return _add(action, held, told, actor=actor, now=now, version=1, origin=origin, shows=[])


def _add(
    action: Action,
    held: Held,
    told: Told,
    *,
    actor: User,
    now: datetime,
    version: int,
    origin: str,
    shows: list[Mapping[str, object]],
) -> Exhibit:
    Action.objects.select_for_update().get(pk=action.pk)
    again = action.exhibits.filter(sha256=held.sha256).order_by("removed_at", "pk")
    there = again.filter(removed_at=None).first() or again.first()
    if there is not None:
        # Its key stays, so that a text that cited it before it was taken out cites it again.
        there.shows = list(joined(there.shows, shows))
        there.removed_at, there.changed_at = None, now
        there.save(update_fields=["shows", "removed_at", "changed_at"])
        return there
    if rows_of(action).count() >= rules.MOST_EXHIBITS:
        raise Refused(gettext_noop("Un dossier a 999 pièces au plus."))
    last = rows_of(action).filter(group=told.group).order_by("-position").first()
    return Exhibit.objects.create(
        action=action,
        sha256=held.sha256,
        version=version,
        is_held=bool(held.kind),
        kind=held.kind,
        pages=held.pages,
        verdict=held.verdict,
        origin=origin[:90],
        shows=shows,
        position=last.position + 1 if last else 0,
        made_by=actor,
        made_at=now,
        changed_at=now,
        **_fields(told),
    )


@transaction.atomic
def change_exhibit(row: Exhibit, *, told: Told, now: datetime) -> None:
    """Say otherwise what an exhibit is. Raise `Refused` once it is filed."""
    _check(told)
    _check_not_filed(row)
    Exhibit.objects.filter(pk=row.pk).update(changed_at=now, **_fields(told))


@transaction.atomic
def remove_exhibit(row: Exhibit, *, now: datetime) -> None:
    """Take an exhibit out; it can be put back. Raise `Refused` once it is filed."""
    _check_not_filed(row)
    Exhibit.objects.filter(pk=row.pk).update(removed_at=now, changed_at=now)


@transaction.atomic
def restore_exhibit(row: Exhibit, *, actor: User, now: datetime) -> None:
    """Put an exhibit back where it was. Doing it twice changes nothing.

    Raise `NotFit` when its document may not be shown any more.
    """
    if not row.is_held and (no := why_not(known_of(row.action, row.sha256, actor, now=now))):
        raise NotFit(no, about=row.label)
    if Exhibit.objects.select_for_update().get(pk=row.pk).removed_at is not None:
        Exhibit.objects.filter(pk=row.pk).update(removed_at=None, changed_at=now)


@transaction.atomic
def move_exhibit(row: Exhibit, *, way: str, now: datetime) -> None:
    """Let an exhibit and its neighbour under the same heading change places. Raise `Refused`."""
    _check_not_filed(row)
    _place(row.action, ordering.moved(_open(row.action), row.pk, way), now)


@transaction.atomic
def order_by_date(action: Action, *, now: datetime) -> None:
    """Set what is not filed in the order of its dates, under each heading."""
    _place(action, ordering.by_date(_open(action)), now)


def freeze_numbers(action: Action) -> None:
    """Keep for ever the numbers that the exhibits have on the day of filing."""
    for key, number in rules.freeze(numbered_of(action)).items():
        Exhibit.objects.filter(pk=key, number=0).update(number=number)


def give_numbers_back(action: Action) -> bool:
    """Unfreeze the numbers where a filing was entered by mistake and nothing left with them."""
    frozen = {row.pk: row.number for row in rows_of(action) if row.number}
    taken = Bundle.objects.filter(action=action).exclude(taken_at=None)
    known = standing(facts_of(action))
    if not may_give_back(known, frozen, taken.values_list("numbers", flat=True)):
        return False
    action.exhibits.update(number=0)
    return True


def _open(action: Action) -> list[rules.Exhibit]:
    filed = set(rows_of(action).exclude(number=0).values_list("pk", flat=True))
    return [each for each in numbered_of(action) if each.key not in filed]


def _place(action: Action, places: Mapping[str, int], now: datetime) -> None:
    before = dict(rows_of(action).values_list("pk", "position"))
    for key, place in places.items():
        if before.get(key) != place:
            Exhibit.objects.filter(pk=key).update(position=place, changed_at=now)


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
        "dated": told.dated.strip(),
        "author": told.author.strip(),
        "source": told.source.strip(),
    }
