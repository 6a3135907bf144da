"""What can be done with accounts. Each verb is one transaction."""

from __future__ import annotations

from django.db import transaction

from .domain import Role
from .models import User


@transaction.atomic
def open_account(*, name: str, passphrase: str, role: Role = Role.MEMBER) -> User:
    """Open an account. Opening it twice changes nothing, the passphrase included."""
    user, is_new = User.objects.get_or_create(username=name, defaults={"role": role})
    if is_new:
        user.set_password(passphrase)
        user.save(update_fields=["password"])
    return user


@transaction.atomic
def system_account(name: str) -> User:
    """Return the account that signs what a machine did (an import, the starter census).

    Nobody can sign in with it.
    """
    user, is_new = User.objects.get_or_create(username=name, defaults={"role": Role.MEMBER})
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
