"""Kept dossiers: named, ordered, each thing with a text; public once a second person has read them.

Every change of a public dossier makes it private again: nothing is public that nobody else read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from contrechamp.dossiers.domain import Ask, Item
from contrechamp.dossiers.domain.items import MOST
from contrechamp.dossiers.models import Dossier, DossierItem
from contrechamp.foundation.signals import public_changed
from contrechamp.kernel.errors import Refused, gettext_noop

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

State = Dossier.State


class NotYours(Refused):
    """Only who keeps a dossier changes it."""


@transaction.atomic
def keep(ask: Ask, *, actor: User, now: datetime) -> Dossier:
    """Keep a selection under a name, its owner's alone."""
    if not ask.title:
        raise Refused(gettext_noop("Donnez un titre au dossier pour le garder."))
    dossier = Dossier.objects.create(
        title=ask.title,
        author=ask.author,
        introduction=ask.introduction,
        language=ask.language or "fr",
        owner=actor,
        made_at=now,
        changed_at=now,
    )
    _add(dossier, ask.items)
    return dossier


@transaction.atomic
def add_to(dossier: Dossier, items: Sequence[Item], *, actor: User, now: datetime) -> int:
    """Add things at the end and return how many are new; what was taken out comes back."""
    _touch(dossier, actor, now)
    return _add(dossier, items)


@transaction.atomic
def describe(
    dossier: Dossier,
    *,
    title: str,
    author: str,
    introduction: str,
    language: str,
    actor: User,
    now: datetime,
) -> None:
    """Change what stands on the cover."""
    if not title.strip():
        raise Refused(gettext_noop("Donnez un titre au dossier pour le garder."))
    _touch(dossier, actor, now)
    Dossier.objects.filter(pk=dossier.pk).update(
        title=title.strip(), author=author.strip(), introduction=introduction, language=language
    )


@transaction.atomic
def write_note(dossier: Dossier, ref: str, note: str, *, actor: User, now: datetime) -> None:
    """Write the text beside one thing."""
    _touch(dossier, actor, now)
    dossier.items.filter(ref=ref).update(note=note.strip()[:2000])


@transaction.atomic
def move(dossier: Dossier, ref: str, step: int, *, actor: User, now: datetime) -> None:
    """Move a thing up (-1) or down (1); beyond the ends it stays."""
    _touch(dossier, actor, now)
    rows = list(dossier.items.filter(is_out=False).order_by("order", "pk"))
    places = {row.ref: place for place, row in enumerate(rows)}
    at = places.get(ref)
    if at is None or not 0 <= at + step < len(rows):
        return
    rows[at], rows[at + step] = rows[at + step], rows[at]
    for order, row in enumerate(rows, start=1):
        row.order = order
    DossierItem.objects.bulk_update(rows, ["order"])


@transaction.atomic
def take_out(dossier: Dossier, ref: str, *, actor: User, now: datetime) -> None:
    """Take a thing out; it can be put back with its text."""
    _touch(dossier, actor, now)
    dossier.items.filter(ref=ref).update(is_out=True)


@transaction.atomic
def put_back(dossier: Dossier, ref: str, *, actor: User, now: datetime) -> None:
    """Put back what was taken out, where it was."""
    _touch(dossier, actor, now)
    dossier.items.filter(ref=ref).update(is_out=False)


@transaction.atomic
def submit(dossier: Dossier, *, actor: User, now: datetime) -> None:
    """Hand a dossier to a second person. Submitting it again changes nothing."""
    _check_owner(dossier, actor)
    if not dossier.items.filter(is_out=False).exists():
        raise Refused(
            gettext_noop("Ce dossier est vide : ajoutez un fait, un acte ou un document.")
        )
    rows = Dossier.objects.filter(pk=dossier.pk, state=State.PRIVATE)
    rows.update(state=State.SUBMITTED, changed_at=now)


@transaction.atomic
def publish(dossier: Dossier, *, reviewer: User, now: datetime) -> None:
    """Let everybody read a dossier that was handed in: an editor who is not its owner does it."""
    if not reviewer.is_editor:
        raise Refused(gettext_noop("Seul un éditeur rend un dossier public."))
    if dossier.owner_id == reviewer.pk and settings.CONTRECHAMP.reviewers > 1:
        raise Refused(gettext_noop("Une seconde personne doit relire votre dossier."))
    rows = Dossier.objects.filter(pk=dossier.pk, state=State.SUBMITTED)
    if not rows.update(
        state=State.PUBLISHED, published_by=reviewer, published_at=now, changed_at=now
    ):
        raise Refused(gettext_noop("Ce dossier n'attend pas de relecture."))
    _tell(dossier)


@transaction.atomic
def make_private(dossier: Dossier, *, actor: User, now: datetime) -> None:
    """Give a dossier back to its owner: visitors see it no more."""
    if dossier.owner_id != actor.pk and not actor.is_editor:
        raise NotYours(gettext_noop("Seule la personne qui garde ce dossier peut le changer."))
    was = Dossier.objects.filter(pk=dossier.pk).values_list("state", flat=True).get()
    Dossier.objects.filter(pk=dossier.pk).update(state=State.PRIVATE, changed_at=now)
    if was == State.PUBLISHED:
        _tell(dossier)


@transaction.atomic
def delete_dossier(dossier: Dossier, *, actor: User) -> None:
    """Delete a dossier for good; what it holds stays where it is."""
    _check_owner(dossier, actor)
    was_public = dossier.state == State.PUBLISHED
    Dossier.objects.filter(pk=dossier.pk).delete()
    if was_public:
        _tell(dossier)


def _add(dossier: Dossier, items: Sequence[Item]) -> int:
    there = dict(dossier.items.values_list("ref", "is_out"))
    new = [item.ref for item in items if there.get(item.ref, True)]
    if sum(not is_out for is_out in there.values()) + len(new) > MOST:
        raise Refused(
            gettext_noop(
                "{count} éléments : un dossier en contient {most} au plus. Faites-en deux dossiers."
            ),
            count=len(there) + len(new),
            most=MOST,
        )
    last = dossier.items.aggregate(last=Max("order"))["last"] or 0
    for order, ref in enumerate(new, start=last + 1):
        DossierItem.objects.update_or_create(
            dossier=dossier, ref=ref, defaults={"order": order, "is_out": False}
        )
    return len(new)


def _touch(dossier: Dossier, actor: User, now: datetime) -> None:
    """Check who changes it, and take it out of sight: what changes is to be read anew."""
    _check_owner(dossier, actor)
    was = Dossier.objects.filter(pk=dossier.pk).values_list("state", flat=True).get()
    Dossier.objects.filter(pk=dossier.pk).update(state=State.PRIVATE, changed_at=now)
    if was == State.PUBLISHED:
        _tell(dossier)


def _check_owner(dossier: Dossier, actor: User) -> None:
    if dossier.owner_id != actor.pk:
        raise NotYours(gettext_noop("Seule la personne qui garde ce dossier peut le changer."))


def _tell(dossier: Dossier) -> None:
    public_changed.send(Dossier, refs=[f"dossiers:dossier:{dossier.pk}"])
