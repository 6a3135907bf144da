"""Take the pictures of the README from the running demo: `make screenshots`.

Needs Debian's Chromium, and the demo on http://127.0.0.1:8000 (or CONTRECHAMP_PORT).
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parent / "images"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def main(address: str) -> int:
    """Take both pictures at 1280 × 800, with scripts off: what everybody gets."""
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(
            viewport={"width": 1280, "height": 800}, java_script_enabled=False, locale="fr-FR"
        )
        page = context.new_page()
        page.goto(address)
        page.screenshot(path=IMAGES / "home.png")
        page.goto(f"{address}/commune/83003-ampus")
        page.locator("a.proof[href*='/documents/']").first.click()
        page.wait_for_load_state()
        page.screenshot(path=IMAGES / "proof.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"))
