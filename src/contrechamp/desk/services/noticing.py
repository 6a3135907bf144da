"""The daily notice goes out: same hour, same size, whether something arrived or not."""

from __future__ import annotations

import smtplib
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils import timezone

from contrechamp.desk.domain.notice import compose
from contrechamp.desk.domain.roster import told
from contrechamp.desk.models import Reader
from contrechamp.desk.queries import duty, sheets
from contrechamp.kernel.errors import Misconfigured, Unavailable, gettext_noop

from . import listing, pairing

TIMEOUT = 60


def send_notices(*, now: datetime) -> list[str]:
    """Tell who is on duty whether there is something to collect; return whom, by code.

    Raises Misconfigured when a reader has no key, Unavailable when the mail does not leave.
    """
    listing.follow_store()
    pairing.carry_out(now)
    day = timezone.localtime(now).date()
    by_code = {reader.code: reader for reader in sheets.readers()}
    oldest = sheets.oldest_new()
    codes = told(day, duty.roster(), by_code, oldest)
    for code in codes:
        _send(by_code[code], _notice(by_code[code], oldest is not None), day.isoformat())
    return codes


def _notice(reader: Reader, has_news: bool) -> bytes:
    import pyrage

    if not reader.key:
        raise Misconfigured(
            gettext_noop("{code} n'a pas de clé : « contrechamp desk key {code} age1… »."),
            code=reader.code,
        )
    recipient = pyrage.x25519.Recipient.from_str(reader.key)

    def seal(plain: bytes) -> str:
        return str(pyrage.encrypt(plain, [recipient], armored=True).decode("ascii"))

    return compose(settings.DESK_MAIL_FROM, reader.address or "bureau@localhost", has_news, seal)


def _send(reader: Reader, mail: bytes, day: str) -> None:
    server = urlsplit(settings.DESK_MAIL)
    if not (settings.DESK_MAIL and reader.address):
        folder: Path = settings.DESK_DATA / "notices"
        folder.mkdir(mode=0o700, exist_ok=True)
        (folder / f"{day}-{reader.code}.eml").write_bytes(mail)
        return
    kind = smtplib.SMTP_SSL if server.scheme == "smtps" else smtplib.SMTP
    try:
        with kind(server.hostname or "", server.port or 0, timeout=TIMEOUT) as smtp:
            if kind is smtplib.SMTP and server.hostname not in {"127.0.0.1", "localhost"}:
                smtp.starttls()
            if server.username:
                smtp.login(unquote(server.username), unquote(server.password or ""))
            smtp.sendmail(settings.DESK_MAIL_FROM, [reader.address], mail)
    except (OSError, smtplib.SMTPException) as error:
        raise Unavailable(
            gettext_noop("L'avis n'est pas parti pour {code} : {error}."),
            code=reader.code,
            error=type(error).__name__,
        ) from error
