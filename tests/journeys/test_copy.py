"""A copy of the site on a disk and on a plain web server, read with scripts and without."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.cli.test_commands import contrechamp
from tests.journeys.conftest import BUILT, observatory_once
from tests.mirror.reading import broken
from tests.ready import copied

ASKED = "cameras Nice"

LEFT = "net::ERR_ABORTED"
"""What Chromium says of a picture that it still waited for when the page was left."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data folder of an instance with the small observatory of the tests."""
    if not BUILT.exists():
        pytest.skip("the pages' files are not built: run `make setup`")
    return copied(observatory_once(tmp_path_factory), tmp_path_factory.mktemp("instance") / "data")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Path:
    """Return a copy of the small observatory, written by the command."""
    copy = tmp_path_factory.mktemp("copy") / "site"
    done = contrechamp(filled, "export", "site", str(copy))
    assert done.returncode == 0, done.stderr
    return copy


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[str]:
    """Serve the copy as any web server would, below a folder."""
    handler = functools.partial(Quiet, directory=str(folder.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{folder.name}"
        server.shutdown()


@pytest.fixture(params=["disk", "server"])
def top(request: pytest.FixtureRequest, folder: Path, served: str) -> str:
    return folder.as_uri() if request.param == "disk" else served


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def reader(request: pytest.FixtureRequest, browser: Browser, top: str) -> Iterator[Page]:
    """Open pages, and see that nothing fails nor asks anybody else."""
    context = browser.new_context(java_script_enabled=request.param, locale="fr-FR")
    page = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    # A reader who goes on before all pictures are there gives them up: nothing failed.
    page.on(
        "requestfailed",
        lambda one: wrong.append(f"{one.url} {one.failure}") if one.failure != LEFT else None,
    )
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert wrong == []
    assert [url for url in asked if not url.startswith((top, "data:"))] == []


def test_a_copy_written_by_the_command_is_whole(folder: Path, filled: Path) -> None:
    assert broken(folder) == []
    done = contrechamp(filled, "mirror", "verify", str(folder))
    assert done.returncode == 0, done.stdout
    (folder / "extra.html").write_text("")
    try:
        done = contrechamp(filled, "mirror", "verify", str(folder))
        assert (done.returncode, "extra: extra.html" in done.stdout) == (1, True)
    finally:
        (folder / "extra.html").unlink()


def test_somebody_walks_through_a_copy(reader: Page, top: str) -> None:
    reader.goto(f"{top}/index.html")
    reader.get_by_role("link", name="Projets", exact=True).first.click()
    reader.get_by_role("link", name="Vidéosurveillance algorithmique à Nice").first.click()
    assert reader.locator("h1").inner_text().startswith("Vidéosurveillance")
    reader.get_by_role("link", name="English").click()
    assert reader.locator("html").get_attribute("lang") == "en"
    reader.get_by_role("link", name="Français").click()
    assert reader.locator("html").get_attribute("lang") == "fr"


def test_somebody_searches_a_copy(reader: Page, top: str, find: Callable[[Page], str]) -> None:
    reader.goto(f"{top}/copie.html")
    field = reader.get_by_role("searchbox").first
    field.fill(ASKED)
    field.press("Enter")
    reader.wait_for_load_state()
    assert find(reader) == "Vidéosurveillance algorithmique à Nice"
    assert reader.locator("h1").inner_text() == "Vidéosurveillance algorithmique à Nice"


@pytest.fixture
def find() -> Callable[[Page], str]:
    """Open what is searched: among the results, or without scripts in the directory."""

    def walk(page: Page) -> str:
        name = "Vidéosurveillance algorithmique à Nice"
        if page.locator("noscript p").count() == 0:  # Scripts run.
            link = page.locator("ol.results").get_by_role("link", name=name, exact=True)
            link.wait_for()
        else:
            page.get_by_role("navigation", name="Projets").get_by_role("link", name="V").click()
            link = page.get_by_role("link", name=name)
        said = link.inner_text()
        link.click()
        return said

    return walk


def test_a_mirror_is_made_known_and_checked_over_the_network(filled: Path, served: str) -> None:
    added = contrechamp(filled, "mirror", "add", served, "--operator", "Le Relais")
    assert added.returncode == 0, added.stderr

    done = contrechamp(filled, "mirror", "check", served, CONTRECHAMP_WATCH_PAUSE="0-0")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "signed; 10 of" in done.stdout
    assert "verified" in contrechamp(filled, "mirror", "list").stdout
    nowhere = contrechamp(filled, "mirror", "check", f"{served}/x", CONTRECHAMP_WATCH_PAUSE="0-0")
    assert nowhere.returncode == 3
    assert "Traceback" not in nowhere.stderr
