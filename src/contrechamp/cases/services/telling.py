"""What an action holds beside its facts: parties, team, publication."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.accounts.queries import find_account
from contrechamp.cases.models import Action, Member, Party
from contrechamp.cases.signals import public_changed
from contrechamp.kernel.errors import Refused, gettext_noop
from contrechamp.kernel.numbers import compact, is_rna, is_siren, is_siret

from .announcing import announce
from .rows import touch

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


@transaction.atomic
def add_party(
    action: Action, *, side: str, name: str, number: str, actor: User, now: datetime
) -> Party:
    """Add an organisation by its official number. The same one twice is kept once.

    Raise `Refused` without a number that holds: an individual is never named.
    """
    said = compact(number).upper()
    if not (is_siren(said) or is_siret(said) or is_rna(said)):
        raise Refused(
            gettext_noop(
                "Donnez le numéro officiel de l'organisation : SIREN, SIRET, ou RNA d'une "
                "association (W et neuf chiffres). Une personne n'est jamais nommée ici."
            )
        )
    if not name.strip():
        raise Refused(gettext_noop("Donnez le nom de l'organisation."))
    there = action.parties.filter(side=side, number=said, removed_at=None).first()
    if there:
        return there
    touch(action, now)
    return Party.objects.create(
        action=action, side=side, name=name.strip(), number=said, made_by=actor, made_at=now
    )


def remove_party(action: Action, key: int, *, now: datetime) -> None:
    """Take an organisation out of an action; it stays on record. Doing it twice is no error."""
    action.parties.filter(pk=key, removed_at=None).update(removed_at=now)
    touch(action, now)


@transaction.atomic
def seat(action: Action, *, user: User, role: str, now: datetime) -> Member:
    """Give somebody a role in the team of an action, or change it.

    Raise `Refused` where nobody would lead any more.
    """
    if role != Member.Role.LEAD:
        _check_led(action, without=user)
    row, _ = Member.objects.update_or_create(
        action=action,
        user=user,
        defaults={"role": role},
        create_defaults={
            "role": role,
            "made_at": now,
        },
    )
    return row


def seat_by_name(action: Action, *, name: str, role: str, now: datetime) -> Member:
    """Give a role to the account of a name. Raise `Refused` where there is none."""
    user = find_account(name)
    if user is None:
        raise Refused(gettext_noop("Aucun compte ouvert ne porte ce nom."))
    return seat(action, user=user, role=role, now=now)


@transaction.atomic
def unseat(action: Action, *, user: User) -> None:
    """Take somebody out of the team. Raise `Refused` where nobody would lead any more."""
    _check_led(action, without=user)
    Member.objects.filter(action=action, user=user).delete()


def _check_led(action: Action, *, without: User) -> None:
    leads = action.members.filter(role=Member.Role.LEAD)
    if leads.filter(user=without).exists() and not leads.exclude(user=without).exists():
        raise Refused(
            gettext_noop("Quelqu'un doit conduire l'action : donnez d'abord ce rôle à un autre.")
        )


@transaction.atomic
def set_public(action: Action, *, is_public: bool, now: datetime) -> None:
    """Publish an action, or hide it again. Doing it twice changes nothing."""
    if action.is_public == is_public:
        return
    Action.objects.filter(pk=action.pk).update(
        is_public=is_public, published_at=now if is_public else None, changed_at=now
    )
    action.refresh_from_db()
    announce(action)
    transaction.on_commit(lambda: public_changed.send(None, action=action))
