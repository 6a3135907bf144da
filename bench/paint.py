"""When the largest part of a page is painted, on a telephone of the third generation.

    python -m bench.paint FOLDER [--network 3g]

Starts `contrechamp serve` on FOLDER and opens one page of each kind in headless Chromium, with an
empty cache, scripts on, at 375 x 812, the network as named below (the processor is not slowed
down). Prints the largest contentful paint beside its target, and what travelled: bytes by type.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from pathlib import Path
from shutil import which
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench.load import serving
from bench.visits import Visitors, addresses

TARGET_MS = 1_000
TARGET_KB = 150
NETWORKS = {
    # (round trip in ms, down and up in bits per second)
    "3g": (300, 1_600_000, 750_000),
    "slow-3g": (400, 400_000, 400_000),
    "none": (0, -1, -1),
}
"""3g: "Regular 3G" of web page tests; slow-3g: what Chromium's own tools call so."""
KINDS = (
    *("home", "commune", "project", "actor", "technology", "contract"),
    *("fact", "document", "search", "list", "graph", "map"),
)
LARGEST = """() => new Promise(done => {
  new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
    .observe({type: "largest-contentful-paint", buffered: true});
  setTimeout(() => done(-1), 5000);
})"""


def main() -> int:
    """Print one line for each kind of page."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--network", choices=NETWORKS, default="3g")
    given = asked.parse_args()
    browser_path = which("chromium") or which("chromium-browser") or which("google-chrome")
    if browser_path is None:
        asked.error("no Chromium on this machine")
    if not (given.folder / "contrechamp.sqlite3").exists():
        asked.error(f"{given.folder} holds no observatory: see bench.fill")
    round_trip, down, up = NETWORKS[given.network]
    print(f"network: {given.network}, {round_trip} ms a round trip, {down} bit/s down, {up} up")
    print(f"{'page':12} {'painted':>9}  {'requests':>8} {'without scripts':>16}   by type, kB")
    visitors = Visitors(addresses(given.folder))
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
    with serving(given.folder) as (port, _), sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
        )
        for kind in KINDS:
            if row := visitors.sample(kind, 1):
                line(browser, f"http://127.0.0.1:{port}{row[0]}", kind, NETWORKS[given.network])
        browser.close()
    print(f"target: painted < {TARGET_MS} ms, without scripts < {TARGET_KB} kB")
    return 0


def line(browser: Browser, address: str, kind: str, network: tuple[int, int, int]) -> None:
    """Open one page and print what it took."""
    context = browser.new_context(viewport={"width": 375, "height": 812}, locale="fr-FR")
    page = context.new_page()
    page.goto("about:blank")
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    round_trip, down, up = network
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": round_trip,
            "downloadThroughput": down / 8,
            "uploadThroughput": up / 8,
        },
    )
    types: dict[str, str] = {}
    sizes: Counter[str] = Counter()
    session.on("Network.responseReceived", lambda e: types.update({e["requestId"]: e["type"]}))
    session.on("Network.loadingFinished", lambda e: _add(sizes, types, e))
    page.goto(address, wait_until="load", timeout=60_000)
    painted = page.evaluate(LARGEST)
    page.wait_for_timeout(300)
    without = sum(size for name, size in sizes.items() if name not in ("Script", "Fetch", "XHR"))
    by_type = ", ".join(f"{name} {size / 1000:.0f}" for name, size in sorted(sizes.items()))
    verdict = "" if 0 <= painted < TARGET_MS else "  over"
    print(
        f"{kind:12} {painted:7.0f} ms  {len(types):8} {without / 1000:13.0f} kB   "
        f"{by_type}{verdict}",
        flush=True,
    )
    context.close()


def _add(sizes: Counter[str], types: dict[str, str], event: dict[str, Any]) -> None:
    sizes[types.get(event["requestId"], "Other")] += int(event["encodedDataLength"])


if __name__ == "__main__":
    sys.exit(main())
