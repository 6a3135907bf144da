"""The grounds that an action rests on, and the exhibits that each cites."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.cases.domain.grounds import library
from contrechamp.cases.models import Action, Argument, Exhibit, Support
from contrechamp.kernel.errors import Refused, gettext_noop

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@transaction.atomic
def add_argument(
    action: Action, *, ground: str = "", title: str = "", actor: User, now: datetime
) -> Argument:
    """Choose a ground of the library, or name one. The same twice is kept once. Raise `Refused`."""
    known = library().grounds
    if ground and ground not in known:
        raise Refused(gettext_noop("Cet argument n'est pas dans la bibliothèque."))
    words = title.strip() or (known[ground].title.fr if ground else "")
    if not words:
        raise Refused(gettext_noop("Choisissez un argument, ou donnez-lui un titre."))
    Action.objects.select_for_update().get(pk=action.pk)
    there = action.arguments.filter(ground=ground, title=words[:300]).first()
    if there is not None:
        Argument.objects.filter(pk=there.pk).update(removed_at=None)
        return there
    return Argument.objects.create(
        action=action,
        ground=ground,
        title=words[:300],
        position=action.arguments.count(),
        made_by=actor,
        made_at=now,
    )


def remove_argument(row: Argument, *, now: datetime) -> None:
    """Drop a ground; choosing it again gives it its exhibits back."""
    Argument.objects.filter(pk=row.pk, removed_at=None).update(removed_at=now)


@transaction.atomic
def cite(
    argument: Argument,
    *,
    exhibit: Exhibit,
    claim: str = "",
    page: int | None = None,
    actor: User,
    now: datetime,
) -> Support:
    """Say that a ground rests on an exhibit. The same twice is kept once. Raise `Refused`."""
    if exhibit.action_id != argument.action_id or exhibit.removed_at is not None:
        raise Refused(gettext_noop("Cette pièce n'est pas au dossier."))
    places = {each.get("claim"): each.get("page") for each in exhibit.shows}
    if claim and claim not in places:
        raise Refused(gettext_noop("Cette pièce ne prouve pas ce fait."))
    at = page or (places.get(claim) if claim else None)
    row, _ = Support.objects.get_or_create(
        argument=argument,
        exhibit=exhibit,
        claim=claim,
        page=at,
        defaults={"made_by": actor, "made_at": now},
    )
    return row


def uncite(argument: Argument, number: int) -> None:
    """Take an exhibit from a ground. Doing it twice is no error."""
    argument.supports.filter(pk=number).delete()
