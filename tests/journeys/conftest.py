"""A real server on a folder of its own, and a real browser in front of it."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import which
from time import monotonic, sleep
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

import contrechamp
from tests.atlas.tiles import pmtiles
from tests.cli.test_commands import COMMAND, environment
from tests.journeys.fill import PASSPHRASE
from tests.ready import copied, made_once

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first draws pages and nothing else: no windows, which cost more than the pages do."""
CHROMIUM = next(filter(None, map(which, BROWSERS)), None)
BUILT = Path(contrechamp.__file__).parent / "ui/static/ui/site.css"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HOUSE = {"DJANGO_SETTINGS_MODULE": "contrechamp.project.settings", "LC_ALL": "fr_FR.UTF-8"}
STARTS_WITHIN_S = 240
ANSWERS_WITHIN_MS = 30_000


def observatory_once(factory: pytest.TempPathFactory) -> Path:
    """Return the data folder of the small observatory of the tests, to be copied."""
    return made_once(factory, "observatory", _fill)


def _fill(folder: Path) -> None:
    for step in ([str(COMMAND), "init"], [sys.executable, "-m", "tests.journeys.fill"]):
        environ = environment(folder, **HOUSE)
        subprocess.run(step, cwd=ROOT, env=environ, check=True, capture_output=True)  # noqa: S603


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the small observatory of the tests, and return its address."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    if not BUILT.exists():
        pytest.skip("the pages' files are not built: run `make setup`")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("observatory")
    copied(observatory_once(tmp_path_factory), folder / "data")
    environ = environment(
        folder / "data",
        **HOUSE,
        CONTRECHAMP_LISTEN=f"127.0.0.1:{port}",
        # Editors here sign in with a passphrase alone; the second lock has its own tests.
        CONTRECHAMP_SECOND_LOCK="no",
        # The first dump is made at once, at whatever hour of the night the tests run.
        CONTRECHAMP_DUMP_AT="00:00",
        CONTRECHAMP_BASEMAP="fond.pmtiles",
        CONTRECHAMP_BASEMAP_CREDIT="© Exemple",
    )
    (folder / "data/fond.pmtiles").write_bytes(pmtiles())
    with (folder / "serve.log").open("wb") as log:
        server = subprocess.Popen(  # noqa: S603
            [COMMAND, "serve"], cwd=ROOT, env=environ, stdout=log, stderr=log
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, server, folder / "serve.log")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = monotonic() + STARTS_WITHIN_S
    while monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with urlopen(f"{address}/methode/", timeout=5):  # noqa: S310
                return
        except OSError:
            sleep(0.2)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start a browser for the journeys of one file.

    Not for the whole run: its event loop would forbid the database to the tests that follow.
    """
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    expect.set_options(timeout=ANSWERS_WITHIN_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


Opens = Callable[..., Page]


@pytest.fixture
def opens(browser: Browser, site: str) -> Iterator[Opens]:
    """Open a window: `opens("/", scripts=False, width=375)`. What its pages complain of fails."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_window(
        path: str = "/",
        *,
        scripts: bool = True,
        width: int = 1280,
        dark: bool = False,
        who: str = "",
        language: str = "fr-FR",
    ) -> Page:
        context = browser.new_context(
            base_url=site,
            java_script_enabled=scripts,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            locale=language,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(ANSWERS_WITHIN_MS)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda line: complaints.append(line.text) if "Content Security" in line.text else None,
        )
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith((site, "data:")) else complaints.append(request.url)
            ),
        )
        if who:
            signs_in(page, who)
        page.goto(path)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert complaints == []


def signs_in(page: Page, name: str) -> None:
    """Sign in with the passphrase that everybody has here."""
    page.goto("/connexion/")
    page.get_by_label("Nom du compte").fill(name)
    page.get_by_label("Phrase de passe").fill(PASSPHRASE)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.wait_for_url(lambda url: "/connexion" not in url)
