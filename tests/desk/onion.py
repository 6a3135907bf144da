"""A reader at the desk, over a private Tor network: with the client's key, and without."""

from __future__ import annotations

import shutil
import socket
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error, Page, sync_playwright

from .desks import PHRASE, Desk

if TYPE_CHECKING:
    from tests.intake.tornet import PrivateTor

# As deploy/desk/torrc has them, but for the lines on logs and on swap.
LIKE_PRODUCTION = """\
HiddenServiceMaxStreams 16
HiddenServiceMaxStreamsCloseCircuit 1
Sandbox 1"""


def visit(net: PrivateTor, folder: Path, door: Path) -> dict[str, Any]:
    """Sign in and fetch a dossier without scripts; then knock without the key."""
    desk = Desk(folder, door, net.desk_onion).found("heron")
    told: dict[str, Any] = {}
    started = time.monotonic()
    try:
        desk.open()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"),
                args=["--no-sandbox"],
                proxy={"server": f"socks5://127.0.0.1:{net.reader_socks}"},
            )
            context = browser.new_context(java_script_enabled=False, locale="fr-FR")
            context.set_default_timeout(120_000)
            page = context.new_page()
            asked: list[str] = []
            page.on("request", lambda request: asked.append(request.url))
            told["status"] = _reach(page, f"http://{net.desk_onion}/")
            _sign_in(page, desk)
            told["title"] = page.title()
            _fetch(page, folder, door, told)
            told["elsewhere"] = [url for url in asked if net.desk_onion not in url]
            browser.close()
        told["seconds"] = round(time.monotonic() - started, 1)
        told["stranger_at_the_door"] = _knocks(net, net.onion)
        told["stranger_at_the_desk"] = _knocks(net, net.desk_onion)
    finally:
        desk.close()
    return told


def _reach(page: Page, address: str) -> int:
    """The descriptor takes a moment to spread."""
    for _ in range(60):
        with suppress(Error):
            answer = page.goto(address)
            assert answer
            return answer.status
        time.sleep(1)
    raise TimeoutError("the desk was not reached")


def _sign_in(page: Page, desk: Desk) -> None:
    page.get_by_label("Votre nom de code").fill("heron")
    page.get_by_label("Votre phrase").fill(PHRASE)
    page.get_by_label("Les six chiffres du moment").fill(desk.digits("heron"))
    page.locator("main button").click()
    page.wait_for_selector("table")


def _fetch(page: Page, folder: Path, door: Path, told: dict[str, Any]) -> None:
    """Download the first dossier of the list, and read what the desk then says of it."""
    page.locator("tbody th a").first.click()
    page.wait_for_selector("a.button")
    name = page.url.rpartition("/")[2]
    with page.expect_download() as coming:
        page.locator(f"a[href='/dossier/{name}/scelle']").click()
    fetched = folder / "fetched"
    coming.value.save_as(fetched)
    told["is_whole"] = fetched.read_bytes() == (door / "store" / name).read_bytes()
    page.reload()
    told["state"] = page.locator("dt:text-is('état') + dd").inner_text()
    told["scripts"] = page.locator("script").count()


def _knocks(net: PrivateTor, name: str) -> bool:
    """Whether the client without the key gets a line to an onion service."""
    raw = name.encode()
    with socket.create_connection(("127.0.0.1", net.socks), 120) as line:
        line.sendall(b"\x05\x01\x00")
        line.recv(2)
        line.sendall(b"\x05\x01\x00\x03" + bytes([len(raw)]) + raw + (80).to_bytes(2, "big"))
        return line.recv(10)[1:2] == b"\0"
