from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from contrechamp.accounts.domain import NameTaken, Role, check_name, fold
from contrechamp.accounts.models import Act, Invitation, User
from contrechamp.kernel.errors import Refused, gettext_noop

from .passphrases import check_new_passphrase
from .record import record
from .sessions import end_sessions

INVITED_FOR = timedelta(days=7)


@transaction.atomic
def open_account(
    *,
    name: str,
    passphrase: str = "",
    role: Role = Role.MEMBER,
    actor: User | None = None,
    now: datetime | None = None,
) -> User:
    """Open an account. Opening it twice changes nothing, the passphrase included.

    Without a passphrase nobody can sign in until a link was made for its person (`invite`).
    Raise `Refused` when the name or the passphrase will not do.
    """
    found = User.objects.filter(username__iexact=name).first()
    if found:
        return found
    check_name(name)
    if passphrase:
        check_new_passphrase(passphrase, name=name)
    now = now or timezone.now()
    check_is_free(name)
    user = User(username=name, role=role, opened_at=now, standing=User.Standing.CONFIRMED)
    # An empty one is none: nobody can sign in.
    user.set_password(passphrase or None)
    user.save()
    record(Act.Kind.OPENED, user, actor=actor, now=now, detail=role)
    return user


@transaction.atomic
def system_account(name: str) -> User:
    """Return the account that signs what a machine did (an import, the starter census).

    Nobody can sign in with it.
    """
    user, is_new = User.objects.get_or_create(
        username=name,
        defaults={
            "role": Role.MEMBER,
            "is_machine": True,
            "standing": User.Standing.CONFIRMED,
        },
    )
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


@transaction.atomic
def invite(user: User, *, actor: User | None, now: datetime) -> str:
    """Return the secret of a link that lets its bearer choose the account's passphrase, once.

    Links made before for the same account no longer work.
    """
    _check_person(user)
    if not user.is_active:
        raise Refused(
            gettext_noop("Le compte « {name} » est fermé. Rouvrez-le d'abord."), name=user
        )
    return make_link(user, actor=actor, now=now, lasts=INVITED_FOR)


@transaction.atomic
def make_link(user: User, *, actor: User | None, now: datetime, lasts: timedelta) -> str:
    """Return the secret of a link to choose a passphrase; those made before end."""
    user.invitations.filter(used_at=None).delete()
    secret = secrets.token_urlsafe(32)
    Invitation.objects.create(user=user, digest=_digest(secret), made_at=now, ends_at=now + lasts)
    record(Act.Kind.LINK_MADE, user, actor=actor, now=now)
    return secret


@transaction.atomic
def join(secret: str, *, passphrase: str, now: datetime) -> User:
    """Set the passphrase of the account that an invitation is for, and return the account.

    Raise `Invitation.DoesNotExist` when the link is unknown, was used, or has ended.
    """
    invitation = Invitation.objects.select_related("user").get(
        digest=_digest(secret), used_at=None, ends_at__gt=now, user__is_active=True
    )
    user = invitation.user
    check_new_passphrase(passphrase, name=user.username)
    user.set_password(passphrase)
    user.save(update_fields=["password"])
    invitation.used_at = now
    invitation.save(update_fields=["used_at"])
    end_sessions(user, actor=user, now=now, is_recorded=False)
    record(Act.Kind.LINK_USED, user, actor=user, now=now)
    return user


@transaction.atomic
def change_role(user: User, role: Role, *, actor: User | None, now: datetime) -> None:
    """Give an account another role. The same role changes nothing."""
    _check_person(user)
    if user.role == role:
        return
    if role != Role.ADMINISTRATOR:
        check_another_administrator(user)
    before, user.role = user.role, role
    user.save(update_fields=["role"])
    record(Act.Kind.ROLE_CHANGED, user, actor=actor, now=now, detail=f"{before} → {role}")


@transaction.atomic
def close_account(user: User, *, actor: User | None, now: datetime) -> None:
    """Close an account: its sessions end, nobody signs in; what it wrote keeps its name."""
    _check_person(user)
    if not user.is_active:
        return
    check_another_administrator(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.invitations.filter(used_at=None).delete()
    end_sessions(user, actor=actor, now=now, is_recorded=False)
    record(Act.Kind.CLOSED, user, actor=actor, now=now)


@transaction.atomic
def reopen_account(user: User, *, actor: User | None, now: datetime) -> None:
    """Open again an account that was closed. Its passphrase is what it was."""
    if user.is_active:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(Act.Kind.REOPENED, user, actor=actor, now=now)


def check_is_free(name: str) -> None:
    """Raise `NameTaken` when somebody has that name or one that is read like it."""
    if User.objects.filter(folded=fold(name)).exists():
        raise NameTaken(
            gettext_noop(
                "« {name} » est pris, ou se lit comme un nom déjà pris. Choisissez-en un autre."
            ),
            name=name,
        )


def _check_person(user: User) -> None:
    if user.is_machine:
        raise Refused(
            gettext_noop("« {name} » signe ce que fait la machine : personne ne s'en sert."),
            name=user,
        )


def check_another_administrator(user: User) -> None:
    """Refuse to leave an observatory that nobody can administer."""
    others = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=user.pk)
    if user.is_administrator and user.is_active and not others.exists():
        raise Refused(
            gettext_noop(
                "« {name} » est le dernier compte d'administration. Donnez d'abord ce rôle à "
                "quelqu'un d'autre."
            ),
            name=user,
        )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
