"""What is ours: the domain that answers reach, its secrets, whether mail leaves."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings

from contrechamp.foundation import store
from contrechamp.mail.domain import address
from contrechamp.mail.domain.departing import domain_of

PARIS = ZoneInfo("Europe/Paris")
NO_DOMAIN = "contrechamp.invalid"
HERE = {"127.0.0.1", "localhost", "::1"}


def kept() -> store.Store:
    """Return the store of raw messages and letters: read by us alone, swept by nobody."""
    return store.FolderStore(settings.CONTRECHAMP.data / "mail" / "kept", mode=0o400)


def raw_of(sha256: str) -> bytes:
    """Return the exact bytes of a message or a letter; raise `KeyError` when they are lost."""
    with kept().open(sha256) as content:
        return content.read()


def outbox() -> Path:
    """Return the folder that letters are written to when nothing is to leave."""
    return settings.CONTRECHAMP.data / "outbox"


def domain() -> str:
    """Return the domain of the addresses that bodies answer to; an impossible one when unset."""
    env = settings.CONTRECHAMP
    return (env.mail_domain or domain_of(parseaddr(env.mail_from)[1]) or NO_DOMAIN).lower()


def secrets() -> tuple[str, ...]:
    """Return the secrets of reply addresses: today's first, then those of before."""
    env = settings.CONTRECHAMP
    own = hashlib.sha256(f"mail {settings.SECRET_KEY}".encode()).hexdigest()
    first = env.mail_secret or own
    # Whoever sets a secret later keeps the addresses that were made without one.
    return tuple(dict.fromkeys((first, *env.mail_secrets_old, own)))


def reply_address(thread: str) -> str:
    """Return the address of a thread, with its token."""
    return address.address_of(thread, secret=secrets()[0], domain=domain())


def subject_tag(thread: str) -> str:
    """Return what the subject of a letter carries for those who answer from elsewhere."""
    return address.subject_tag(thread, secret=secrets()[0])


def is_demo() -> bool:
    """Answer whether this instance is a demo, which sends nothing whatever its settings say."""
    return (settings.CONTRECHAMP.data / "demo").exists()


def is_live() -> bool:
    """Answer whether letters leave. Tests reach a server on this machine, or none."""
    env = settings.CONTRECHAMP
    if not (env.mail_live and env.mail) or is_demo():
        return False
    return not settings.MAIL_STAYS_HERE or urlsplit(env.mail).hostname in HERE


def in_paris(moment: datetime) -> datetime:
    """Return a moment on the clock of Paris."""
    return moment.astimezone(PARIS)
