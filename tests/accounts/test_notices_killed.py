"""Whoever sends a digest may be killed at any moment: each mail leaves once, and none is lost."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path
from threading import Lock

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.mail.servers import Post, serving
from tests.mail.test_killed import TABLES

READERS = 30
SET_UP = (
    TABLES
    + f"""
from contrechamp.accounts.domain.notices import Frequency
from contrechamp.accounts.models import NoticeSettings, Subscription, User
from tests.forum import talking
author = talking.member("max")
thread = talking.thread(author)
users = User.objects.bulk_create(
    User(username=f"n{{n}}", folded=f"n{{n}}", email=f"n{{n}}@courriel.nulle-part.fr")
    for n in range({READERS})
)
Subscription.objects.bulk_create(
    Subscription(user=user, scope="thread", key=thread.pk, level="watch", since=talking.NOW)
    for user in users
)
talking.reply(thread, author, "Voici la délibération.")
"""
)
SEND = """
import django
django.setup()
from datetime import timedelta
from contrechamp.accounts.services import mailing
from tests.forum.talking import NOW
told = mailing.send_due(clock=lambda: NOW + timedelta(days=2))
print(told.maybe)
"""


@dataclass
class Killing(Post):
    """A server during whose work the sender is killed: at an address, or before its last word."""

    at: tuple[str, int] = ("", 0)
    process: subprocess.Popen[str] | None = None
    seen: Counter[str] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)

    def _kill(self, word: str) -> None:
        with self.lock:
            self.seen[word] += 1
            if (word, self.seen[word]) == self.at and self.process:
                self.process.send_signal(signal.SIGKILL)
                self.process.wait()

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self._kill("RCPT")
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        said = await super().handle_DATA(server, session, envelope)
        self._kill("DATA")
        return said


def test_a_sender_that_is_killed_anywhere_loses_no_mail_and_sends_none_twice(
    tmp_path: Path,
) -> None:
    taker = Killing()
    with serving(taker):
        environ = os.environ | {
            "DJANGO_SETTINGS_MODULE": "contrechamp.project.settings",
            "CONTRECHAMP_DATA": str(tmp_path),
            "CONTRECHAMP_MAIL": taker.address,
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }
        subprocess.run([sys.executable, "-c", SET_UP], check=True, env=environ)  # noqa: S603

        # While it says to whom a mail goes, and between a mail and the server's last word.
        for at in (("RCPT", 1), ("DATA", 5), ("RCPT", 9), ("DATA", 3)):
            taker.seen, taker.at = Counter(), at
            taker.process = _sender(environ)
            taker.process.communicate(timeout=240)
            assert taker.process.returncode == -signal.SIGKILL
        taker.at, taker.process = ("", 0), None
        last = _sender(environ)
        last.communicate(timeout=240)
        assert last.returncode == 0

    got = Counter(envelope.rcpt_tos[0] for envelope in taker.letters)
    assert got == {f"n{n}@courriel.nulle-part.fr": 1 for n in range(READERS)}
    written = [one.content for one in taker.letters]
    names = {message_from_bytes(one)["Message-ID"] for one in written if isinstance(one, bytes)}
    assert len(names) == READERS
    # What was being handed over when the process died is shown, and not sent again by itself.
    assert _states(tmp_path) == {"SENT": READERS - 2, "MAYBE": 2}


def _sender(environ: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", SEND], stdout=subprocess.PIPE, text=True, env=environ
    )


def _states(data: Path) -> dict[str, int]:
    with sqlite3.connect(data / "contrechamp.sqlite3") as base:
        rows = base.execute("SELECT state, count(*) FROM accounts_outbox GROUP BY state").fetchall()
    base.close()
    return dict(rows)
