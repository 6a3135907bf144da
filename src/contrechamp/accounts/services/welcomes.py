"""Links by which a member vouches for newcomers. Nothing says who used one."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from contrechamp.accounts.models import Group, User, Welcome
from contrechamp.kernel.errors import Refused, gettext_noop

from .groups import join_group
from .standing import confirm_member

MOST_USES, MOST_DAYS, MOST_OPEN = 50, 90, 10


class WelcomeGone(Refused):
    """The link was used up, has ended, or never was."""

    status = 404


@transaction.atomic
def make_welcome(
    inviter: User,
    *,
    uses: int,
    days: int,
    note: str = "",
    group: Group | None = None,
    now: datetime,
) -> str:
    """Return the secret of a link that makes confirmed members of who opens an account with it."""
    if not inviter.is_confirmed:
        raise Refused(
            gettext_noop(
                "Vous pourrez inviter quand vous serez membre confirmé : après deux messages "
                "approuvés, ou une invitation."
            )
        )
    if not (1 <= uses <= MOST_USES and 1 <= days <= MOST_DAYS):
        raise Refused(
            gettext_noop("Un lien sert de 1 à {uses} fois, pendant 1 à {days} jours."),
            uses=MOST_USES,
            days=MOST_DAYS,
        )
    if inviter.welcomes.filter(ends_at__gt=now, uses_left__gt=0).count() >= MOST_OPEN:
        raise Refused(
            gettext_noop("Vous avez {most} liens ouverts : fermez-en un d'abord."), most=MOST_OPEN
        )
    secret = secrets.token_urlsafe(24)
    Welcome.objects.create(
        inviter=inviter,
        group=group,
        digest=digest(secret),
        note=note[:100],
        uses_left=uses,
        made_at=now,
        ends_at=now + timedelta(days=days),
    )
    return secret


def find_welcome(secret: str, now: datetime) -> Welcome | None:
    """Return the welcome that a link opens, if it still does."""
    return (
        Welcome.objects.select_related("group", "inviter")
        .filter(digest=digest(secret), uses_left__gt=0, ends_at__gt=now, inviter__is_active=True)
        .first()
    )


@transaction.atomic
def use_welcome(user: User, secret: str, *, now: datetime) -> Group | None:
    """Confirm somebody by a link, once less; return the group that invites, if one does."""
    found = find_welcome(secret, now)
    # In the condition, so that of two who come at once for the last use one is refused.
    if found is None or not Welcome.objects.filter(pk=found.pk, uses_left__gt=0).update(
        uses_left=F("uses_left") - 1, uses=F("uses") + 1
    ):
        raise WelcomeGone(
            gettext_noop(
                "Ce lien d'invitation ne sert plus. Vous pouvez ouvrir un compte sans lui : vos "
                "deux premiers messages seront relus."
            )
        )
    # By nobody: the record does not say who vouched.
    confirm_member(user, actor=None, now=now)
    if found.group is not None:
        join_group(found.group, user, now=now, is_invited=True)
    return found.group


@transaction.atomic
def end_welcome(inviter: User, number: int, *, now: datetime) -> None:
    """End one of one's links. What is not there is ended already."""
    inviter.welcomes.filter(pk=number).update(ends_at=now)


def digest(secret: str) -> str:
    """Return what is kept of a link's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
