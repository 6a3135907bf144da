"""Take the pictures of the main pages from the running demo: `make screenshots`.

Needs Debian's Chromium, and the demo on http://127.0.0.1:8000 (or another address as argument).
To show another page, add a line to `PAGES` and run it again: it writes `explanation/pages.md` too.
"""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

DOCS = Path(__file__).parent
IMAGES = DOCS / "images"
TEXT = DOCS / "explanation" / "pages.md"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = ((1280, 800), (375, 812))
MOST_BYTES, MOST_BYTES_OF_ALL = 120_000, 2_500_000
QUALITIES = (82, 70, 55, 40, 25)
PATIENCE_MS = 15_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One page to show: where it is, and what it is for, in a sentence."""

    name: str
    title: str
    says: str
    path: str
    follow: tuple[str, ...] = ()
    """Links to follow from there, as CSS selectors: for addresses that nobody knows beforehand."""
    scripts: bool = False
    """What everybody gets is shown, unless the page is about what scripts add."""
    wait: str = ""
    """What is there when the script has done its work, as a CSS selector."""
    dark: bool = False


PAGES = (
    Shot(
        name="home",
        title="Home",
        says="A question, a field to answer it for one's own town, and where something is known.",
        path="/",
    ),
    Shot(
        name="commune",
        title="A commune",
        says="What is known of one town, beside towns of its size, and what nobody knows yet.",
        path="/commune/83003-ampus",
    ),
    Shot(
        name="project",
        title="A project",
        says="Who does what, with what, since when; each value with its degree and its proof.",
        path="/commune/83003-ampus",
        follow=("main a[href^='/projet/']",),
    ),
    Shot(
        name="acts",
        title="Acts",
        says="What two people have read and published this week, by département.",
        path="/actes",
    ),
    Shot(
        name="act",
        title="An act",
        says="What one act decided, the words that say so, and the time to challenge it.",
        path="/actes?lieu=commune:83003",
        follow=("main .act a[href^='/actes/']",),
    ),
    Shot(
        name="acts-figures",
        title="Figures of the acts",
        says="Cameras by month and town, flights told too late, spending by supplier.",
        path="/actes/statistiques",
    ),
    Shot(
        name="data",
        title="Taking the data away",
        says="Each night all that is public, in the formats of others, signed.",
        path="/donnees",
    ),
    Shot(
        name="contribute",
        title="Five minutes",
        says="One small task at a time, each done by two people.",
        path="/contribuer",
    ),
    Shot(
        name="fact",
        title="A fact",
        says="One sentence of the census, the words that prove it, and the page they stand on.",
        path="/commune/83003-ampus",
        follow=("main a[href^='/projet/']", "main a[href^='/fait/']"),
    ),
    Shot(
        name="proof",
        title="The proof",
        says="The document as it was received and its text, the passage marked in both.",
        path="/commune/83003-ampus",
        follow=("a.proof[href*='/documents/']",),
    ),
    Shot(
        name="list",
        title="A list",
        says="All projects, with the chosen filters as chips that one takes away one by one.",
        path="/projets?type=deployment&ou=Var",
    ),
    Shot(
        name="documents",
        title="Documents",
        says="The documents that facts rest on, by kind, origin and year.",
        path="/documents/",
    ),
    Shot(
        name="search",
        title="Search",
        says="Facts, documents and places for a few words, with what may be meant.",
        path="/recherche?q=cam%C3%A9ras+Toulon",
    ),
    Shot(
        name="map",
        title="The map",
        says="Where something is published, each area with its number; the list says the same.",
        path="/carte",
    ),
    Shot(
        name="graph",
        title="The graph",
        says="Who sells to whom and who uses what; the table below holds the same.",
        path="/graphe",
    ),
    Shot(
        name="map-scripts",
        title="The map that moves",
        says="The same symbols and numbers on a map that one drags; a drawing without WebGL.",
        path="/carte?lieu=departement:83",
        scripts=True,
        wait="canvas",
    ),
    Shot(
        name="around",
        title="Around a record",
        says="One record and what touches it, with the years as links.",
        path="/graphe?autour=siren:210600888&profondeur=2",
    ),
    Shot(
        name="way",
        title="A way between two records",
        says="Each step with the words that prove it; what says little stands apart.",
        path="/graphe/chemin?de=Ville+de+Nice&a=Ville+de+Toulouse",
    ),
    Shot(
        name="chronology",
        title="Time",
        says="What is dated of a town: a day is a point, an unsure date a bar over its bounds.",
        path="/chronologie?de=commune:83137",
    ),
    Shot(
        name="since",
        title="What changed since",
        says="All that was published, corrected or withdrawn since a day, for whoever comes back.",
        path="/depuis/2026-01-01",
    ),
    Shot(
        name="compare",
        title="Side by side",
        says="Two towns, a measure a line, each number with what it is counted from.",
        path="/comparer?a=commune:83137&b=commune:83126",
    ),
    Shot(
        name="ranking",
        title="A ranking",
        says="Its method, its minimum, who is left out, and where the order is not certain.",
        path="/classements/cameras-par-habitant",
    ),
    Shot(
        name="empty",
        title="Nothing found",
        says="An empty page says what that means, and what to do next.",
        path="/projets?ou=Brest",
    ),
    Shot(
        name="sign-in",
        title="Signing in",
        says="For members; reading, searching and correcting need no account.",
        path="/connexion/",
    ),
    Shot(
        name="style",
        title="The style page",
        says="Every component in both themes with its markup, and the measured contrasts.",
        path="/style#kinds",
    ),
    Shot(
        name="keys",
        title="Keys",
        says="`?` lists the keys of a page; they can be switched off, and are a page as well.",
        path="/clavier",
    ),
    Shot(
        name="home-dark",
        title="Home, in the dark",
        says="The same page where somebody's device is set to dark.",
        path="/",
        dark=True,
    ),
    Shot(
        name="commune-dark",
        title="A commune, in the dark",
        says="Tints, degrees and proofs keep their contrast.",
        path="/commune/83003-ampus",
        dark=True,
    ),
)


def main(address: str) -> int:
    """Take every picture at both widths and write the page that shows them."""
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        failed = [shot.name for shot in PAGES if not _take(browser, address, shot)]
        browser.close()
    TEXT.parent.mkdir(exist_ok=True)
    TEXT.write_text(text(), encoding="utf-8")
    for name in failed:
        print(f"{name}: the page does not answer as it should.", file=sys.stderr)
    return 1 if failed else 0


def _take(browser: Browser, address: str, shot: Shot) -> bool:
    for width, height in SIZES:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=shot.scripts,
            color_scheme="dark" if shot.dark else "light",
            reduced_motion="reduce",
            locale="fr-FR",
        )
        page = context.new_page()
        if not _goes(page, address, shot):
            return False
        (IMAGES / f"{shot.name}-{width}.webp").write_bytes(small(page.screenshot()))
        context.close()
    return True


def _goes(page: Page, address: str, shot: Shot) -> bool:
    answer = page.goto(address + shot.path)
    for link in shot.follow:
        found = page.locator(link).first
        if not found.count():
            return False
        answer = page.goto(address + str(found.get_attribute("href")))
    if shot.wait:
        page.wait_for_selector(shot.wait, timeout=PATIENCE_MS)
    return answer is not None and answer.ok


def small(png: bytes) -> bytes:
    """Return the picture as WebP, as good as the limit on its size allows."""
    with Image.open(io.BytesIO(png)) as image:
        for quality in QUALITIES:
            target = io.BytesIO()
            image.save(target, "WEBP", quality=quality, method=6)
            if target.tell() <= MOST_BYTES:
                break
    return target.getvalue()


def text() -> str:
    """Return the page of the docs that shows them."""
    lines = [
        "# The pages, seen",
        "",
        "What a visitor gets, with scripts off unless said otherwise, at 1280 and at 375 pixels.",
        "Made by `make screenshots` from the running demo (`docs/screenshots.py`): to show another",
        "page, add a line there.",
    ]
    for shot in PAGES:
        said = shot.says + (" With scripts." if shot.scripts else "")
        cells = " | ".join(
            f"![{shot.title}, {width} pixels wide](../images/{shot.name}-{width}.webp)"
            for width, _ in SIZES
        )
        lines += ["", f"## {shot.title}", "", said, "", "| 1280 | 375 |", "| --- | --- |"]
        lines += [f"| {cells} |"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"))
