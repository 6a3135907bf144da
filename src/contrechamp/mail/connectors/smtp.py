"""The only place that hands letters to a server, and keeps what both sides said.

A letter is accepted, refused, or in doubt: when the line breaks between the last byte and the
final answer nobody can know, and it is not sent again without a person.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from dataclasses import dataclass, field
from ipaddress import ip_address
from time import monotonic
from typing import Any
from urllib.parse import unquote, urlsplit

from contrechamp.kernel.errors import Misconfigured, gettext_noop
from contrechamp.mail.domain.departing import domain_of, queue_id

TIMEOUT_S = 60.0
MOST_LINES = 200
CRLF = re.compile(rb"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """The server that takes our letters, as CONTRECHAMP_MAIL names it."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    is_tls: bool = False
    """From the start (smtps)."""
    must_encrypt: bool = True
    """By STARTTLS; not asked of this machine itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one letter."""

    server: str
    is_accepted: bool = False
    is_certain: bool = True
    """False: all was sent and the final answer never came."""
    is_final: bool = False
    """Refused for good (5xx about this letter)."""
    code: int = 0
    reply: str = ""
    queue_id: str = ""
    tls: str = ""
    dialogue: tuple[tuple[float, str, str], ...] = ()


def is_here(host: str) -> bool:
    """Answer whether a host is this machine, by its name alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def relay_of(address: str) -> Relay:
    """Read `smtp://user:password@host:587`; raise `Misconfigured` when it says nothing."""
    parts = urlsplit(address)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise Misconfigured(
            gettext_noop("CONTRECHAMP_MAIL n'est pas une adresse smtp:// ou smtps://.")
        )
    is_tls = parts.scheme == "smtps"
    must_encrypt = not is_tls and not is_here(parts.hostname)
    return Relay(
        host=parts.hostname,
        port=parts.port or (465 if is_tls else 587 if must_encrypt else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_tls=is_tls,
        must_encrypt=must_encrypt,
    )


def deliver(
    raw: bytes, *, sender: str, recipient: str, mark: str, relay: Relay, timeout: float = TIMEOUT_S
) -> Outcome:
    """Hand one letter to the relay and return what became of it; no error of the line is raised.

    `mark` is our name of the letter: servers repeat it in their reports (ENVID of RFC 3461).
    """
    link = _Link(timeout, domain_of(sender) or "localhost")
    server = f"{relay.host}:{relay.port}"
    told: dict[str, Any] = {}
    try:
        _talk(link, raw, sender, recipient, mark, relay)
        told = {"is_accepted": True, "code": link.code, "reply": link.reply}
    except smtplib.SMTPRecipientsRefused as refused:
        code, said = next(iter(refused.recipients.values()))
        told = _refused(code, said, is_final=500 <= code < 600)
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refused:
        is_final = 500 <= refused.smtp_code < 600
        told = _refused(refused.smtp_code, refused.smtp_error, is_final=is_final)
        told["is_certain"] = not link.is_over
    except smtplib.SMTPResponseException as refused:  # A greeting or an account: not this letter.
        told = _refused(refused.smtp_code, refused.smtp_error, is_final=False)
    except (smtplib.SMTPException, OSError, ValueError) as error:
        told = {"reply": f"{type(error).__name__}: {error}"[:500], "is_certain": not link.is_over}
    finally:
        link.leave()
    found = queue_id(told["reply"]) if told.get("is_accepted") else ""
    lines = tuple(link.lines[:MOST_LINES])
    return Outcome(server=server, queue_id=found, tls=link.tls, dialogue=lines, **told)


def _refused(code: int, said: bytes | str, *, is_final: bool) -> dict[str, Any]:
    return {"code": max(code, 0), "reply": _text(said), "is_final": is_final}


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said


def _talk(link: _Link, raw: bytes, sender: str, recipient: str, mark: str, relay: Relay) -> None:
    link.join(relay)
    link.ehlo_or_helo_if_needed()
    if relay.must_encrypt:
        link.starttls(context=ssl.create_default_context())
        link.ehlo()
    link.note_tls()
    if relay.user:
        link.sign_in(relay)
    mail_options, rcpt_options = [], []
    if link.has_extn("size"):
        mail_options.append(f"SIZE={len(raw)}")
    if link.has_extn("dsn"):
        mail_options += ["RET=HDRS", f"ENVID={mark}"]
        rcpt_options += ["NOTIFY=SUCCESS,FAILURE,DELAY", f"ORCPT=rfc822;{_xtext(recipient)}"]
    code, said = link.mail(sender, mail_options)
    if code != 250:
        raise smtplib.SMTPSenderRefused(code, said, sender)
    code, said = link.rcpt(recipient, rcpt_options)
    if code not in {250, 251}:
        raise smtplib.SMTPRecipientsRefused({recipient: (code, said)})
    link.payload(raw)


def _xtext(address: str) -> str:
    return "".join(
        each if "!" <= each <= "~" and each not in "+=" else f"+{ord(each):02X}" for each in address
    )


class _Link(smtplib.SMTP):
    """A connection that writes down every line, but no password and no content."""

    def __init__(self, timeout: float, hello: str) -> None:
        super().__init__(timeout=timeout, local_hostname=hello)
        self.lines: list[tuple[float, str, str]] = []
        self.is_over = False
        """The last byte of the letter was sent."""
        self.code, self.reply, self.tls = 0, "", ""
        self._is_secret = self._is_safe = False
        self._began = monotonic()

    def join(self, relay: Relay) -> None:
        self._is_safe = relay.is_tls
        self._host = relay.host  # For the name in TLS, as the constructor of smtplib does.
        self._note("*", f"{relay.host}:{relay.port}")
        code, said = self.connect(relay.host, relay.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, said)

    def sign_in(self, relay: Relay) -> None:
        self._is_secret = True
        try:
            self.login(relay.user, relay.password)
        finally:
            self._is_secret = False

    def note_tls(self) -> None:
        if isinstance(self.sock, ssl.SSLSocket):
            cipher = self.sock.cipher()
            self.tls = f"{self.sock.version()} {cipher[0] if cipher else ''}".strip()

    def payload(self, raw: bytes) -> None:
        """Send the letter; the end mark goes apart, so that we know whether it was sent."""
        self.putcmd("data")
        code, said = self.getreply()
        if code != 354:
            raise smtplib.SMTPDataError(code, said)
        body = CRLF.sub(b"\r\n", raw)
        stuffed = re.sub(rb"(?m)^\.", b"..", body)
        self.send(stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n")
        self._note(">", f"[{len(body)} bytes]")
        self.is_over = True
        self.send(b".\r\n")
        self._note(">", ".")
        code, said = self.getreply()
        self.code, self.reply = code, _text(said)
        if code != 250:
            # It was answered, so that there is no doubt.
            self.is_over = code < 0
            raise smtplib.SMTPDataError(code, said)

    def putcmd(self, cmd: str, args: str = "") -> None:
        self._note(">", "[account]" if self._is_secret else f"{cmd} {args}".strip())
        super().putcmd(cmd, args)

    def getreply(self) -> tuple[int, bytes]:
        code, said = super().getreply()
        self._note("<", f"{code} {_text(said)}")
        return code, said

    def leave(self) -> None:
        """End the connection; what goes wrong with that changes nothing."""
        try:
            if self.sock:
                self.sock.settimeout(5)
                self.quit()
        except (smtplib.SMTPException, OSError, ValueError):
            pass
        finally:
            self.close()

    def _note(self, side: str, text: str) -> None:
        self.lines.append((round(monotonic() - self._began, 3), side, text[:2000]))

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        link = socket.create_connection((host, port), timeout)
        if not self._is_safe:
            return link
        return ssl.create_default_context().wrap_socket(link, server_hostname=host)
