"""Making, revoking and using tokens."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from contrechamp.api.domain import LIFETIMES, Scope, digest_of, is_live, new_secret
from contrechamp.api.models import Token
from contrechamp.kernel.errors import Refused, gettext_noop

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

MOST = 20


@transaction.atomic
def make_token(
    user: User, *, name: str, scopes: Iterable[str], days: int, now: datetime
) -> tuple[Token, str]:
    """Make a token for a member's program. Return it with its secret, which is told once."""
    name = " ".join(name.split())[:60]
    if not name:
        raise Refused(gettext_noop("Donnez un nom au jeton : le programme qui s'en servira."))
    if days not in LIFETIMES:
        raise Refused(gettext_noop("Choisissez une durée de la liste."))
    chosen = sorted({Scope(scope).value for scope in scopes})
    if not chosen:
        raise Refused(
            gettext_noop("Cochez au moins un droit : pour lire, aucun jeton n'est nécessaire.")
        )
    own = Token.objects.filter(user=user.pk, revoked_at=None, ends_at__gt=now)
    if own.count() >= MOST:
        raise Refused(gettext_noop("Vous avez {most} jetons : révoquez-en un."), most=MOST)
    secret = new_secret()
    token = Token.objects.create(
        user=user,
        name=name,
        digest=digest_of(secret),
        scopes=chosen,
        made_at=now,
        ends_at=now + timedelta(days=days),
    )
    return token, secret


@transaction.atomic
def revoke_token(user: User, number: int, *, now: datetime) -> None:
    """End one of a member's tokens, at once and for ever. Ending it twice changes nothing."""
    Token.objects.filter(user=user.pk, pk=number, revoked_at=None).update(revoked_at=now)


def note_use(token: Token, *, today: date, now: datetime) -> None:
    """Note the day on which a token was last shown: one write a day, whatever is asked."""
    if token.used_on != today and is_live(
        ends_at=token.ends_at, revoked_at=token.revoked_at, now=now
    ):
        Token.objects.filter(pk=token.pk).update(used_on=today)
        token.used_on = today
