"""A connection through a SOCKS5 proxy (RFC 1928, RFC 1929) for what is no HTTP: a mailbox.

The proxy gets the name of the host and resolves it. Without the proxy nothing is connected.
"""

from __future__ import annotations

import imaplib
import socket
import ssl
from urllib.parse import unquote, urlsplit

from contrechamp.kernel.errors import Misconfigured, gettext_noop

from .answer import Unreached

NAME, IPV4, IPV6 = 3, 1, 4


def connect(proxy: str, host: str, port: int, timeout: float) -> socket.socket:
    """Return a connection to a host that a proxy makes; raise `Unreached` where it does not."""
    parts = urlsplit(proxy)
    if parts.scheme not in {"socks5", "socks5h"} or not parts.hostname:
        raise Misconfigured(
            gettext_noop("Une boîte aux lettres demande un mandataire socks5h:// : {proxy}"),
            proxy=bare(proxy),
        )
    try:
        link = socket.create_connection((parts.hostname, parts.port or 1080), timeout)
        try:
            _negotiate(link, unquote(parts.username or ""), unquote(parts.password or ""))
            _ask(link, host, port)
        except BaseException:
            link.close()
            raise
    except OSError:
        raise unreached(proxy, f"{host}:{port}") from None
    return link


def bare(proxy: str) -> str:
    """Return the address of a proxy without the account that it may hold."""
    parts = urlsplit(proxy)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def unreached(proxy: str, url: str) -> Unreached:
    """Say that a proxy does not lead to an address."""
    return Unreached(
        gettext_noop(
            "Le mandataire {proxy} (CONTRECHAMP_WATCH_PROXY) ne mène pas à {url} : "
            "rien n'est demandé sans lui. Vérifiez qu'il tourne."
        ),
        url=url,
        proxy=bare(proxy),
    )


class Imap(imaplib.IMAP4):
    """IMAP through a proxy, from which TLS may be begun."""

    def __init__(self, proxy: str, host: str, port: int, timeout: float) -> None:
        self._proxy = proxy
        super().__init__(host, port, timeout)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        return connect(self._proxy, self.host, self.port, timeout or 60.0)


class SafeImap(imaplib.IMAP4_SSL):
    """IMAP in TLS through a proxy."""

    def __init__(
        self, proxy: str, host: str, port: int, *, ssl_context: ssl.SSLContext, timeout: float
    ) -> None:
        self._proxy = proxy
        super().__init__(host, port, ssl_context=ssl_context, timeout=timeout)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        link = connect(self._proxy, self.host, self.port, timeout or 60.0)
        safe: socket.socket = self.ssl_context.wrap_socket(link, server_hostname=self.host)
        return safe


def _negotiate(link: socket.socket, user: str, password: str) -> None:
    """Agree on how to sign in: with nothing, or with the account of the proxy's address."""
    link.sendall(b"\x05\x02\x00\x02" if user else b"\x05\x01\x00")
    version, way = _take(link, 2)
    if version != 5 or way not in (0, 2) or (way == 2 and not user):
        raise ConnectionError
    if way == 2:
        name, word = user.encode()[:255], password.encode()[:255]
        link.sendall(b"\x01" + bytes([len(name)]) + name + bytes([len(word)]) + word)
        if _take(link, 2)[1] != 0:
            raise ConnectionError


def _ask(link: socket.socket, host: str, port: int) -> None:
    """Ask to be connected to a host by its name, and read on to the end of the answer."""
    name = host.encode("idna")
    link.sendall(b"\x05\x01\x00\x03" + bytes([len(name)]) + name + port.to_bytes(2, "big"))
    _, status, _, kind = _take(link, 4)
    if status != 0:
        raise ConnectionError
    size = {IPV4: 4, IPV6: 16}.get(kind) or (_take(link, 1)[0] if kind == NAME else 0)
    _take(link, size + 2)


def _take(link: socket.socket, size: int) -> bytes:
    got = b""
    while len(got) < size:
        part = link.recv(size - len(got))
        if not part:
            raise ConnectionError
        got += part
    return got
