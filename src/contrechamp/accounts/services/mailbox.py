"""The mailbox that somebody may give: confirmed by a link, shown to nobody, removed at once.

Until its owner follows the link nothing is written: the address waits in the link itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext, override

from contrechamp.accounts.models import Act, User
from contrechamp.foundation.site import root
from contrechamp.kernel.errors import Refused, Unavailable, gettext_noop

from .accounts import make_link
from .record import record
from .tries import key_of, take_try

SALT = "accounts.mailbox"
LINK_FOR = timedelta(days=2)
RECOVERY_FOR = timedelta(hours=2)


def sends_mail() -> bool:
    """Answer whether this instance sends mail at all."""
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def ask_mailbox(user: User, address: str) -> None:
    """Send a link to an address; it becomes the account's when the link is followed."""
    token = signing.dumps({"id": user.pk, "to": address, "was": user.email or ""}, salt=SALT)
    with override(user.language):
        send(
            address,
            gettext("Confirmez votre adresse"),
            gettext(
                "Quelqu'un, vous sans doute, veut joindre cette adresse à un compte de "
                "Contrechamp. Pour confirmer, ouvrez ce lien dans les deux jours :\n\n{link}\n\n"
                "Sinon, ne faites rien : l'adresse n'est pas gardée."
            ).format(link=f"{root()}/compte/adresse/{token}/"),
        )


def read_mailbox_link(token: str) -> tuple[User, str] | None:
    """Return whose account an address is to be joined to, and the address."""
    try:
        asked = signing.loads(token, salt=SALT, max_age=LINK_FOR)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=asked["id"], is_active=True).first()
    # A link of before another change does not undo that change.
    if user is None or (user.email or "") not in {asked["was"], asked["to"]}:
        return None
    return user, str(asked["to"])


@transaction.atomic
def confirm_mailbox(token: str, *, now: datetime) -> User:
    """Join the address of a followed link to its account. Twice is once."""
    found = read_mailbox_link(token)
    if found is None:
        raise Refused(gettext_noop("Ce lien ne sert plus. Demandez-en un autre dans votre compte."))
    user, address = found
    if user.email != address:
        user.email = address
        user.save(update_fields=["email"])
        record(Act.Kind.EMAIL_SET, user, actor=user, now=now)
    return user


@transaction.atomic
def remove_mailbox(user: User, *, now: datetime) -> None:
    """Forget the address at once."""
    if user.email is None:
        return
    user.email = None
    user.save(update_fields=["email"])
    record(Act.Kind.EMAIL_REMOVED, user, actor=user, now=now)


def send_recovery(name: str, address: str, *, now: datetime) -> None:
    """Send a link to choose a new passphrase when name and address belong together.

    The caller says the same words whether they do or not.
    """
    take_try(key_of("recovery mail", name.strip().casefold()), now)
    user = User.objects.filter(
        username__iexact=name.strip(), email__iexact=address.strip(), is_active=True
    ).first()
    if user is None or user.email is None:
        return
    secret = make_link(user, actor=user, now=now, lasts=RECOVERY_FOR)
    with override(user.language):
        send(
            user.email,
            gettext("Retrouver votre compte"),
            gettext(
                "Pour choisir une nouvelle phrase de passe, ouvrez ce lien dans les deux heures ; "
                "il sert une fois :\n\n{link}\n\nSi vous n'avez rien demandé, ne faites rien."
            ).format(link=f"{root()}/invitation/{secret}/"),
        )


def send(address: str, subject: str, text: str) -> None:
    """Send a mail that its person asked for or must have, or raise `Unavailable`."""
    try:
        EmailMessage(subject, text, to=[address]).send()
    except (OSError, SMTPException):
        raise Unavailable(
            gettext_noop("Le courriel n'a pas pu partir. Réessayez dans quelques minutes.")
        ) from None
