"""The pages as people meet them: in a text browser, on a telephone, without scripts."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from .doors import PROGRAM, Door, get
from .tools import needs

PATHS = ("/", "/avant", "/limites", "/canari", "/revenir", "/en/", "/en/avant", "/en/limites")


@needs("w3m")
@pytest.mark.parametrize("path", PATHS)
def test_a_text_browser_shows_all_of_it(open_door: Door, path: str) -> None:
    page = open_door.ask(get(path)).page
    done = subprocess.run(
        ["w3m", "-dump", "-T", "text/html", "-cols", "78"],
        input=page,
        capture_output=True,
        check=True,
        env={"LC_ALL": "C.UTF-8", "HOME": "/nonexistent"},
    )
    text = done.stdout.decode()
    headings = re.findall(r"<h[12]>(.*?)</h[12]>", page.decode())
    assert headings
    assert [each for each in headings if each not in text] == []
    assert "{" not in text


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A door for trials: on a port of this machine alone."""
    made = Door(tmp_path_factory.mktemp("door"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made.process = subprocess.Popen(
        [*PROGRAM, "serve", str(made.root), "--bind", f"127.0.0.1:{port}"], stdout=subprocess.PIPE
    )
    assert made.process.stdout
    assert b"ready" in made.process.stdout.readline()
    yield f"http://localhost:{port}"
    made.close()


@pytest.fixture
def browser(address: str) -> Iterator[Page]:
    """A telephone's screen, scripts off."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        context = started.new_context(
            java_script_enabled=False, viewport={"width": 375, "height": 800}, base_url=address
        )
        context.set_default_timeout(60_000)
        yield context.new_page()
        started.close()


@needs("chromium")
@pytest.mark.parametrize("tongue", ["", "/en"])
def test_a_source_goes_the_whole_way_on_a_telephone(
    browser: Page, tmp_path: Path, tongue: str
) -> None:
    warned: list[str] = []
    browser.on("console", lambda message: warned.append(message.text))
    browser.goto(f"{tongue}/")
    assert not _is_too_wide(browser)
    assert browser.locator("main").evaluate("e => getComputedStyle(e).backgroundColor") != (
        "rgba(0, 0, 0, 0)"
    )
    for link in ("avant", "limites", "canari", "revenir"):
        browser.locator(f"nav a[href='{tongue}/{link}']").click()
        assert not _is_too_wide(browser)
        assert browser.locator("html").get_attribute("lang") == (tongue[1:] or "fr")
    browser.locator(f"nav a[href='{tongue}/']").click()
    document = tmp_path / "note.txt"
    document.write_text("une pièce")
    browser.get_by_label("message").fill("Deux lignes\nici")
    browser.locator("input[type=file]").set_input_files(document)
    browser.locator("main button").click()
    words = browser.locator("#codename").inner_text()
    assert not _is_too_wide(browser)
    browser.goto(f"{tongue}/revenir")
    browser.locator("input[name=codename]").fill(words.replace(" ", "\n  "))
    browser.locator("main button").click()
    assert browser.locator("#mailbox").is_visible()
    assert not _is_too_wide(browser)
    browser.locator("textarea").fill("Encore ceci")
    browser.locator("form[action$='ecrire'] button").click()
    assert browser.locator(".safe").is_visible()
    browser.goto(f"{tongue}/revenir")
    browser.locator("input[name=codename]").fill(words)
    browser.locator("main button").click()
    browser.locator("#tout").check()
    browser.locator("form[action$='effacer'] button").click()
    browser.goto(f"{tongue}/revenir")
    browser.locator("input[name=codename]").fill(words)
    browser.locator("main button").click()
    assert browser.locator("#mailbox").count() == 0
    # Its own style is applied: the policy refuses nothing that is ours.
    assert [text for text in warned if "Content Security Policy" in text] == []


def _is_too_wide(page: Page) -> bool:
    return bool(page.locator("html").evaluate("e => e.scrollWidth > e.clientWidth"))
