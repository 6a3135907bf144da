"""A source's whole way, inside a network namespace: prints one JSON object about it.

`unshare -n python -m tests.intake.onion FOLDER`: private Tor network, door on a Unix socket,
browser without scripts through SOCKS, readers' tool, reply, the same browser again. Then a reader
at the desk (`tests.desk.onion`), over the same network, whose first client has no key to it.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.desk import onion as reading

from .doors import DESK, Door
from .tornet import PrivateTor

# As deploy/intake/torrc-door has them, but for the lines on logs and on swap.
LIKE_PRODUCTION = """\
HiddenServicePoWDefensesEnabled 1
HiddenServicePoWQueueRate 50
HiddenServicePoWQueueBurst 200
HiddenServiceEnableIntroDoSDefense 1
HiddenServiceMaxStreams 16
HiddenServiceMaxStreamsCloseCircuit 1
Sandbox 1"""
REPLY = "Merci. D'où vient la page 3 ?"
MIB = int(os.environ.get("TESTS_ONION_MIB", "8"))


def main(folder: Path) -> dict[str, Any]:
    """The way of one source; what was seen and how long it took."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    marker = b"MARK" + os.urandom(8).hex().encode()
    told: dict[str, Any] = {}
    door = Door(folder)
    try:
        with PrivateTor(
            folder / "net",
            f"unix:{door.socket}",
            LIKE_PRODUCTION,
            desk=f"unix:{folder / 'desk.sock'}",
            desk_lines=reading.LIKE_PRODUCTION,
        ) as net:
            told["network_s"] = net.seconds
            door.set(onion=net.onion)
            door.open()
            told["first_page_s"] = _timed(lambda: _first_page(net))
            told["upload_mib"] = MIB
            told["upload_s"] = _timed(lambda: _upload(net, marker))
            _visit(net, door, folder, marker, told)
            places = [folder / "door", folder / "net"]
            found = subprocess.run(
                ["grep", "-rlaF", marker.decode(), *places], capture_output=True, check=False
            )
            told["files_with_plaintext"] = found.stdout.decode().split()
            try:
                told["desk"] = reading.visit(net, folder, door.root)
            except Exception:  # noqa: BLE001 - a test of its own says what went wrong
                told["desk"] = {"failed": traceback.format_exc()}
    finally:
        door.close()
    return told


def _timed(work: Callable[[], object]) -> float:
    started = time.monotonic()
    work()
    return round(time.monotonic() - started, 1)


def _through_socks(net: PrivateTor) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", net.socks), 120)
    connection.sendall(b"\x05\x01\x00")
    connection.recv(2)
    name = net.onion.encode()
    connection.sendall(b"\x05\x01\x00\x03" + bytes([len(name)]) + name + (80).to_bytes(2, "big"))
    if connection.recv(10)[1:2] != b"\0":
        raise OSError("not reachable yet")
    return connection


def _ask(net: PrivateTor, *parts: bytes) -> bytes:
    with _through_socks(net) as connection:
        connection.settimeout(300)
        for part in parts:
            connection.sendall(part)
        out = b""
        while data := connection.recv(1 << 16):
            out += data
    return out


def _first_page(net: PrivateTor) -> None:
    """The descriptor takes a moment to spread."""
    for _ in range(120):
        try:
            page = _ask(net, f"GET / HTTP/1.1\r\nHost: {net.onion}\r\n\r\n".encode())
        except OSError:
            time.sleep(1)
            continue
        if page.startswith(b"HTTP/1.0 200"):
            return
    raise TimeoutError("the door was not reached")


def _upload(net: PrivateTor, marker: bytes) -> None:
    before = (
        f'--BB\r\nContent-Disposition: form-data; name="adresse"\r\n\r\n{net.onion}\r\n--BB\r\n'
        'Content-Disposition: form-data; name="pieces"; filename="a.pdf"\r\n\r\n'
    ).encode()
    after, block = b"\r\n--BB--\r\n", (marker * 65_536)[: 1 << 20]
    length = len(before) + MIB * len(block) + len(after)
    head = (
        f"POST /deposer HTTP/1.1\r\nHost: {net.onion}\r\n"
        f"Content-Type: multipart/form-data; boundary=BB\r\nContent-Length: {length}\r\n\r\n"
    )
    page = _ask(net, head.encode() + before, *[block] * MIB, after)
    assert b'id="codename"' in page, page[:200]


def _visit(net: PrivateTor, door: Door, folder: Path, marker: bytes, told: dict[str, Any]) -> None:
    document = folder / "rapport.pdf"
    document.write_bytes(marker * 50_000)
    before = set(door.sealed)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox"],
            proxy={"server": f"socks5://127.0.0.1:{net.socks}"},
        )
        context = browser.new_context(java_script_enabled=False, locale="fr-FR")
        context.set_default_timeout(180_000)
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        told["browser_deposit_s"] = _timed(lambda: _hand_in(page, net, document, marker))
        told["codename"] = page.locator("#codename").inner_text()
        (sealed,) = set(door.sealed) - before
        manifest, into = door.read(sealed)
        told["message"] = (into / "message.txt").read_text()
        told["piece_is_whole"] = (into / "pieces/01.pdf").read_bytes() == document.read_bytes()
        _answer(door, manifest)
        page.goto(f"http://{net.onion}/revenir")
        page.locator("input[name=codename]").fill(told["codename"].upper())
        page.locator("form[action='/revenir'] button").click()
        told["mailbox"] = page.locator("#mailbox").inner_text()
        page.locator("form[action='/boite/effacer'] button").click()
        told["erased"] = page.locator("main").inner_text()
        told["cookies"] = context.cookies()
        told["elsewhere"] = [url for url in asked if not url.startswith(f"http://{net.onion}/")]
        browser.close()
    told["replies_left"] = len(list((door.root / "replies" / manifest["mailbox"]).iterdir()))
    told["sent"] = f"Bonjour {marker.decode()}"


def _hand_in(page: Page, net: PrivateTor, document: Path, marker: bytes) -> None:
    page.goto(f"http://{net.onion}/")
    page.locator("textarea[name=message]").fill(f"Bonjour {marker.decode()}")
    page.locator("input[name=pieces]").set_input_files(document)
    page.locator("form[action='/deposer'] button").click()
    page.wait_for_selector("#codename")


def _answer(door: Door, manifest: dict[str, Any]) -> None:
    """Offline, with the readers' own tool; then carried to the door's folder."""
    box = door.root / "replies" / manifest["mailbox"]
    box.mkdir()
    out = box / f"{os.urandom(16).hex()}.age"
    words = [*DESK, "reply", "--to", manifest["reply_to"], "--out", str(out)]
    subprocess.run(words, input=REPLY, text=True, check=True, capture_output=True)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1])), ensure_ascii=False))
