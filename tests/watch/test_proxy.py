"""The SOCKS proxy: all that the watch asks goes through it, names too; without it nothing goes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as current
from pytest_django import Settings

from contrechamp.foundation.words import say
from contrechamp.kernel.errors import Misconfigured
from contrechamp.watch.connectors.answer import Unreached
from contrechamp.watch.connectors.http import Web
from contrechamp.watch.connectors.mailbox import Mailbox
from contrechamp.watch.domain.sites import Site
from tests.watch.site import PretendSite, serving

NAME = "prefecture.invalid"
"""A name that no resolver knows (RFC 6761): it can be reached through the proxy alone."""


@dataclass
class Socks:
    """A SOCKS5 server (RFC 1928) on loopback that leads every name to one site."""

    port: int = 0
    site: int = 0
    asked: list[tuple[int, str, int]] = field(default_factory=list)
    """Kind of address (1: number, 3: name), the address and the port, as they were asked for."""

    @property
    def address(self) -> str:
        return f"socks5h://127.0.0.1:{self.port}"


def exactly(link: socket.socket, size: int) -> bytes:
    got = b""
    while len(got) < size:
        if not (part := link.recv(size - len(got))):
            raise ConnectionError
        got += part
    return got


def negotiate(link: socket.socket, proxy: Socks) -> socket.socket:
    """Answer a client without a password and open what it asks for."""
    version, count = exactly(link, 2)
    assert version == 5
    exactly(link, count)
    link.sendall(b"\x05\x00")
    _, command, _, kind = exactly(link, 4)
    assert command == 1
    size = 4 if kind == 1 else exactly(link, 1)[0]
    host = exactly(link, size)
    name = socket.inet_ntoa(host) if kind == 1 else host.decode()
    proxy.asked.append((kind, name, int.from_bytes(exactly(link, 2), "big")))
    there = socket.create_connection(("127.0.0.1", proxy.site))
    link.sendall(b"\x05\x00\x00\x01" + bytes(6))
    return there


def pump(one: socket.socket, other: socket.socket) -> None:
    try:
        while part := one.recv(65536):
            other.sendall(part)
        other.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # The other side has gone: so do we.


def carry(link: socket.socket, proxy: Socks) -> None:
    with link, negotiate(link, proxy) as there:
        back = threading.Thread(target=pump, args=(there, link))
        back.start()
        pump(link, there)
        back.join(10)


@contextmanager
def socks(site: PretendSite) -> Iterator[Socks]:
    proxy = Socks(site=int(site.address.rpartition(":")[2]))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        proxy.port = listening.getsockname()[1]
        carriers: list[threading.Thread] = []

        def accept() -> None:
            while True:
                try:
                    link, _ = listening.accept()
                except OSError:
                    return
                carriers.append(threading.Thread(target=carry, args=(link, proxy)))
                carriers[-1].start()

        door = threading.Thread(target=accept)
        door.start()
        yield proxy
        listening.shutdown(socket.SHUT_RDWR)
        door.join(10)
        for each in carriers:
            each.join(10)


@pytest.fixture
def resolved(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names that this machine was asked to resolve by itself."""
    names: list[str] = []
    ask = socket.getaddrinfo

    def resolve(host: Any, *more: Any, **how: Any) -> Any:
        names.append(str(host))
        return ask(host, *more, **how)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return names


def through(settings: Settings, tmp_path: Path, proxy: str) -> Web:
    """The web as the watch sees it through a proxy, with almost no pause."""
    settings.CONTRECHAMP = replace(
        current.CONTRECHAMP, data=tmp_path, watch_proxy=proxy, watch_pause="0-0"
    )
    return Web()


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contrechamp.watch.connectors.http.LEAST_PAUSE_S", 0.0)


def test_requests_and_names_go_through_the_proxy(
    settings: Settings, tmp_path: Path, resolved: list[str]
) -> None:
    with serving() as site, socks(site) as proxy:
        site.put("/recueil.pdf", b"%PDF-1.4 recueil")
        web = through(settings, tmp_path, proxy.address)
        content, url = web.read(f"http://{NAME}/recueil.pdf")
        web.close()
    assert content == b"%PDF-1.4 recueil"
    assert url == f"http://{NAME}/recueil.pdf"
    assert {path for path, _, _ in site.asked} == {"/robots.txt", "/recueil.pdf"}
    assert proxy.asked
    assert set(proxy.asked) == {(3, NAME, 80)}
    assert NAME not in resolved


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
def test_both_ways_to_write_the_proxy_leave_names_to_it(
    settings: Settings, tmp_path: Path, resolved: list[str], scheme: str
) -> None:
    with serving() as site, socks(site) as proxy:
        site.put("/", "<p>bonjour</p>")
        web = through(settings, tmp_path, f"{scheme}://127.0.0.1:{proxy.port}")
        assert b"bonjour" in web.read(f"http://{NAME}/")[0]
        web.close()
    assert NAME not in resolved


def test_a_proxy_that_is_down_is_said_and_nothing_goes_past_it(
    settings: Settings, tmp_path: Path, resolved: list[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with serving() as site:
        site.put("/recueil.pdf", b"%PDF-1.4 recueil")
        web = through(settings, tmp_path, f"socks5h://127.0.0.1:{port}")
        web.homes.add("127.0.0.1")
        with pytest.raises(Unreached, match="mandataire"):
            web.get(f"{site.address}/recueil.pdf")
        with pytest.raises(Unreached, match="mandataire"):
            web.get(f"http://{NAME}/recueil.pdf")
        web.close()
    assert site.asked == []
    assert NAME not in resolved


def test_a_site_that_is_down_behind_a_proxy_is_not_taken_for_the_proxy(
    settings: Settings, tmp_path: Path
) -> None:
    with serving() as site, socks(site) as proxy:
        site.put("/lent.pdf", b"x", status=500)
        web = through(settings, tmp_path, proxy.address)
        with pytest.raises(Unreached) as told:
            web.get(f"http://{NAME}/lent.pdf")
        web.close()
    assert "mandataire" not in str(told.value)


@contextmanager
def imap() -> Iterator[int]:
    """Greet on loopback as an IMAP server that offers no TLS."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            link, _ = listening.accept()
            with link, link.makefile("rwb", buffering=0) as lines:
                lines.write(b"* OK ready\r\n")
                while line := lines.readline():
                    tag = line.split()[0]
                    lines.write(b"* CAPABILITY IMAP4rev1\r\n" + tag + b" OK done\r\n")

        door = threading.Thread(target=answer)
        door.start()
        yield listening.getsockname()[1]
        door.join(10)


def mailbox(settings: Settings, tmp_path: Path, proxy: str, address: str) -> Mailbox:
    web = through(settings, tmp_path, proxy)
    settings.CONTRECHAMP = replace(settings.CONTRECHAMP, watch_mailboxes=f"{address} user password")
    return Mailbox(address, Site(), web)


def test_a_mailbox_elsewhere_is_asked_through_the_proxy(
    settings: Settings, tmp_path: Path, resolved: list[str]
) -> None:
    site = PretendSite()
    with imap() as port:
        site.address = f"http://127.0.0.1:{port}"
        with socks(site) as proxy:
            box = mailbox(settings, tmp_path, proxy.address, f"imap://{NAME}/RAA")
            with pytest.raises(Unreached):  # The server has no TLS: no password is sent.
                next(box.list())
            box.close()
    assert proxy.asked == [(3, NAME, 143)]
    assert NAME not in resolved


@pytest.mark.parametrize("scheme", ["imap", "imaps"])
def test_a_mailbox_is_not_asked_past_a_proxy_that_is_down(
    settings: Settings, tmp_path: Path, resolved: list[str], scheme: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    box = mailbox(settings, tmp_path, f"socks5h://127.0.0.1:{port}", f"{scheme}://{NAME}/RAA")
    with pytest.raises(Unreached, match="mandataire"):
        next(box.list())
    assert NAME not in resolved


def test_a_mailbox_needs_a_proxy_of_the_right_kind(settings: Settings, tmp_path: Path) -> None:
    box = mailbox(settings, tmp_path, "http://me:secret@127.0.0.1:9", f"imaps://{NAME}/RAA")
    with pytest.raises(Misconfigured) as told:
        next(box.list())
    assert "secret" not in say(told.value)
