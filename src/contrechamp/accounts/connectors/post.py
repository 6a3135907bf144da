"""The only place that hands notices to a mail server, many over one connection.

What became of a mail is certain or it is not: between the moment a server has all of it and its
last word nobody can know. `handing` is called just before that moment begins, so that a process
that is killed leaves behind whether it had begun.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

Handing = Callable[[], None]
LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one mail."""

    is_sent: bool = False
    is_certain: bool = True
    """False: the server had all of it and never answered."""
    is_refused: bool = False
    """The server knows no such mailbox (5xx about the recipient): to try again helps nobody."""
    is_broken: bool = False
    """The connection ended, as servers do after so many mails."""
    reply: str = ""


def sends_mail() -> bool:
    """Answer whether this instance sends mail to its members."""
    return "dummy" not in settings.EMAIL_BACKEND


class Post:
    """A connection that hands mails over one by one."""

    def __init__(self, backend: BaseEmailBackend) -> None:
        self._backend = backend
        self._is_open = False

    def hand(self, message: EmailMessage, handing: Handing) -> Outcome:
        """Hand one mail over and return what became of it; no error of the line is raised."""
        state = _State(handing)
        is_used = self._is_open
        outcome = self._try(message, state)
        # A server ends a connection after so many mails, or when nothing came for a while.
        if outcome.is_broken and is_used and not state.is_handed:
            outcome = self._try(message, state)
        return outcome

    def _try(self, message: EmailMessage, state: _State) -> Outcome:
        try:
            self._send(message, state)
        except smtplib.SMTPRecipientsRefused as refused:
            code, said = next(iter(refused.recipients.values()))
            outcome = Outcome(
                is_refused=500 <= code < 600, is_broken=code == 421, reply=_line(code, said)
            )
        except smtplib.SMTPResponseException as refused:  # An answer: there is no doubt.
            outcome = Outcome(
                is_broken=refused.smtp_code == 421,
                reply=_line(refused.smtp_code, refused.smtp_error),
            )
        except (smtplib.SMTPException, OSError, ValueError) as error:
            reply = f"{type(error).__name__}: {error}"[:LONGEST]
            outcome = Outcome(is_certain=not state.is_handed, is_broken=True, reply=reply)
        else:
            return Outcome(is_sent=True)
        if not outcome.is_refused:
            self.close()
        return outcome

    def _send(self, message: EmailMessage, state: _State) -> None:
        if isinstance(self._backend, _Backend):
            self._backend.state = state
            self._backend.open()
            self._is_open = True
        else:
            state.note()
        self._backend.send_messages([message])

    def close(self) -> None:
        """End the connection; what goes wrong with that changes nothing."""
        self._is_open = False
        with suppress(smtplib.SMTPException, OSError):
            self._backend.close()


@contextmanager
def opened() -> Iterator[Post]:
    """Yield a way to hand mails over, closed in the end."""
    is_smtp = settings.EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend"
    post = Post(_Backend() if is_smtp else get_connection())
    try:
        yield post
    finally:
        post.close()


class _State:
    """Whether a server may have a mail."""

    def __init__(self, handing: Handing) -> None:
        self._handing = handing
        self.is_handed = False

    def note(self) -> None:
        self._handing()
        self.is_handed = True


class _Link(smtplib.SMTP):
    """A connection that tells when the server is about to have a mail."""

    def __init__(self, *args: Any, backend: _Backend, **more: Any) -> None:
        self._backend = backend
        super().__init__(*args, **more)

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Send a mail as smtplib does, but write down first that it is being handed over."""
        self.putcmd("data")
        code, said = self.getreply()
        if code != 354:
            raise smtplib.SMTPDataError(code, said)
        body = smtplib._quote_periods(msg)  # type: ignore[attr-defined]
        self._backend.about_to_hand()
        # In one piece: the end alone would wait 40 ms for the server's receipt of what is before.
        self.send((body if body.endswith(b"\r\n") else body + b"\r\n") + b".\r\n")
        code, said = self.getreply()
        if code < 0:  # The line broke; smtplib would take it for an answer.
            raise smtplib.SMTPServerDisconnected("no answer to the mail")
        return code, said


class _TlsLink(_Link, smtplib.SMTP_SSL):
    """The same, with TLS from the start."""


class _Backend(EmailBackend):
    """Django's way to a mail server, over links that tell."""

    state: _State | None = None

    @property
    def connection_class(self) -> Any:
        return partial(_TlsLink if self.use_ssl else _Link, backend=self)

    def about_to_hand(self) -> None:
        if self.state is not None:
            self.state.note()


def _line(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(f"{code} {text}".split())[:LONGEST]
