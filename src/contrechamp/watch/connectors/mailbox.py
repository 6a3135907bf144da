"""A mailbox that is read over IMAP: attachments, and links to files. Nothing in it is changed."""

from __future__ import annotations

import email
import email.policy
import imaplib
import re
import ssl
from collections.abc import Iterator
from email.message import EmailMessage
from io import BytesIO
from urllib.parse import SplitResult, quote, unquote, urlsplit

from django.conf import settings

from contrechamp.kernel.errors import Misconfigured, gettext_noop
from contrechamp.watch.domain.listed import Listed, dated
from contrechamp.watch.domain.sites import Site

from .answer import Answer, Gone, Unreached
from .http import Web, is_here
from .tunnel import Imap, SafeImap

LINK = re.compile(r"https?://[^\s<>\"')\]]+", re.IGNORECASE)
FILE = re.compile(r"(?i)\.(pdf|zip|json|xml|csv|txt|docx?|odt)(\?|$)|/contenu/telechargement/")
MOST_LINKS = 50
ANSWER_S = 60


class Mailbox:
    """Messages of one folder. The address has no secret: `imaps://host/folder`."""

    def __init__(self, address: str, site: Site, web: Web) -> None:
        self._address, self._web = address.rstrip("/"), web
        self._imap: imaplib.IMAP4 | None = None
        self._validity = ""

    def list(self) -> Iterator[list[Listed]]:
        """Yield the attachments and links of each message, old ones first."""
        imap = self._open()
        _, found = imap.uid("SEARCH", "UNDELETED")
        for number in (found[0] or b"").decode().split():
            if message := self._message(number):
                yield list(self._parts(number, message))

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Answer:
        if not url.startswith("imap"):
            return self._web.get(url, etag=etag, last_modified=last_modified)
        if etag:  # A message never changes.
            return Answer(status=304, url=url, headers={"etag": etag})
        self._open()
        validity, number, place = url.removeprefix(f"{self._address};").split("/")[:3]
        message = self._message(number) if validity == self._validity else None
        attached = dict(_attachments(message)) if message else {}
        if int(place) not in attached:
            raise Gone(404, url)
        part = attached[int(place)]
        content = part.get_payload(decode=True) or b""
        assert isinstance(content, bytes)  # noqa: S101 - for the reader; decoded
        name = re.sub(r"[\x00-\x1f/\\]", "_", part.get_filename() or unquote(url.split("/")[-1]))
        mark = f'"{validity}-{number}-{place}"'
        return Answer(
            status=200, url=url, headers={"etag": mark}, content=BytesIO(content), name=name
        )

    def robots(self) -> str:
        return self._web.robots()

    def close(self) -> None:
        self._web.close()
        if self._imap:
            try:
                self._imap.logout()
            except (OSError, imaplib.IMAP4.error):
                self._imap.shutdown()
            self._imap = None

    def _parts(self, number: str, message: EmailMessage) -> Iterator[Listed]:
        subject = " ".join(str(message.get("subject", "")).split())
        for place, part in _attachments(message):
            name = part.get_filename() or ""
            url = f"{self._address};{self._validity}/{number}/{place}/{quote(name, safe='')}"
            yield dated(url, (name or subject)[:500])
        body = message.get_body(("plain", "html"))
        links = LINK.findall(body.get_content()) if body else []
        for link in list(dict.fromkeys(each.rstrip(".,;") for each in links))[:MOST_LINKS]:
            if FILE.search(link):
                yield dated(link, subject[:500])

    def _message(self, number: str) -> EmailMessage | None:
        assert self._imap  # noqa: S101 - opened by both callers
        # PEEK: reading leaves a message unread.
        _, data = self._imap.uid("FETCH", number, "(BODY.PEEK[])")
        for each in data:
            if isinstance(each, tuple):
                return email.message_from_bytes(each[1], policy=email.policy.default)
        return None

    def _open(self) -> imaplib.IMAP4:
        if self._imap:
            return self._imap
        parts = urlsplit(self._address)
        user, password = self._account()
        try:
            imap = _connected(parts)
            self._imap = imap
            imap.login(user, password)
            folder = unquote(parts.path.strip("/")) or "INBOX"
            status, _ = imap.select(f'"{folder}"', readonly=True)
            if status != "OK":
                raise Unreached(gettext_noop("Dossier absent : {url}"), url=self._address)
            _, validity = imap.response("UIDVALIDITY")
            self._validity = (validity[0] or b"0").decode() if validity else "0"
        except imaplib.IMAP4.error:
            raise Unreached(
                gettext_noop("La boîte aux lettres refuse le compte : {url}"), url=self._address
            ) from None
        except OSError as error:
            raise Unreached(
                gettext_noop("Pas de réponse : {url} ({why})"),
                url=self._address,
                why=type(error).__name__,
            ) from None
        return imap

    def _account(self) -> tuple[str, str]:
        for line in settings.CONTRECHAMP.watch_mailboxes.splitlines():
            words = line.split(None, 2)
            if len(words) == 3 and words[0].rstrip("/") == self._address:
                return words[1], words[2].strip()
        raise Misconfigured(
            gettext_noop("Aucun compte pour {address} dans CONTRECHAMP_WATCH_MAILBOXES_FILE."),
            address=self._address,
        )


def _connected(parts: SplitResult) -> imaplib.IMAP4:
    """Return a connection to a mailbox in TLS; of another machine by the proxy, if there is one."""
    host, safe = parts.hostname or "", ssl.create_default_context()
    proxy = "" if is_here(host) else settings.CONTRECHAMP.watch_proxy
    if parts.scheme == "imaps":
        port = parts.port or 993
        if proxy:
            return SafeImap(proxy, host, port, ssl_context=safe, timeout=ANSWER_S)
        return imaplib.IMAP4_SSL(host, port, ssl_context=safe, timeout=ANSWER_S)
    port = parts.port or 143
    imap = (
        Imap(proxy, host, port, ANSWER_S) if proxy else imaplib.IMAP4(host, port, timeout=ANSWER_S)
    )
    try:
        if not is_here(host):
            imap.starttls(safe)
    except BaseException:
        imap.shutdown()
        raise
    return imap


def _attachments(message: EmailMessage) -> Iterator[tuple[int, EmailMessage]]:
    """Yield the attached files, each with its place among all parts."""
    for place, part in enumerate(message.walk()):
        if not part.is_multipart() and part.get_filename() and isinstance(part, EmailMessage):
            yield place, part
