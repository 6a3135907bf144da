"""Measure the graph in a browser: time to the picture, frames per second while it is moved.

    python -m bench.webgl [EDGES.csv]

Debian's Chromium without a graphics card: WebGL is drawn by the processor (SwiftShader), so that
frames per second are a lower bound. What our own script takes for a frame is said apart: on a
machine with a graphics card little else is left. Run `make develop` first: it needs the bundle.
"""

from __future__ import annotations

import json
import sys
import tempfile
import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copy
from time import monotonic

from playwright.sync_api import Page, sync_playwright

from bench.graph import SIZES, made_up, read
from contrechamp.graph.domain import Network, lay_out
from contrechamp.graph.domain.compact import compact

BUILT = Path(__file__).parents[1] / "src/contrechamp/ui/static/ui"
FLAGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--enable-unsafe-swiftshader"]
SECONDS = 3
HEAD = '<meta charset="utf-8"><link rel="stylesheet" href="site.css">'
PAGE = f"""<!doctype html><html lang="fr">{HEAD}<link rel="stylesheet" href="graph.css">
<figure class="graph-figure" data-graph data-whole="whole.json"><div class="graph-scroll"></div>
<figcaption></figcaption></figure><script src="graph-gl.js"></script></html>"""
FRAME = """() => { const { sigma, camera } = document.querySelector("[data-graph]").graphView;
  const begun = performance.now();
  for (let n = 0; n < 20; n += 1) { camera.x += 0.001; sigma.render(); }
  return (performance.now() - begun) / 20; }"""
POINT = """() => { const view = document.querySelector("[data-graph]").graphView;
  const begun = performance.now();
  for (let n = 0; n < 20; n += 1) view.light(String(n * 7 % view.graph.order));
  view.light(null);
  return (performance.now() - begun) / 20; }"""
COUNT = "window.frames_seen = 0; (function on() { frames_seen += 1; requestAnimationFrame(on); })()"


def main() -> None:
    """Print each measure beside its target."""
    network = read(Path(sys.argv[1])) if len(sys.argv) > 1 else made_up(*SIZES[1])
    with tempfile.TemporaryDirectory() as folder:
        _write(network, Path(folder))
        handler = partial(_Quiet, directory=folder)
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            _measure(f"http://127.0.0.1:{server.server_port}/", network)
        finally:
            server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def _write(network: Network, folder: Path) -> None:
    spots = lay_out(network)
    parts: dict[int, list[str]] = {}
    for key, spot in spots.items():
        parts.setdefault(spot.community, []).append(key)
    groups = [(nodes[0], network.nodes[nodes[0]].name, nodes) for nodes in parts.values()]
    told = compact(network, spots, lambda edge: edge.relation, groups)
    (folder / "whole.json").write_text(json.dumps(told), encoding="utf-8")
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    for name in ("graph-gl.js", "graph.css", "site.css"):
        copy(BUILT / name, folder)


def _measure(address: str, network: Network) -> None:
    print(f"{len(network.nodes):,} nodes, {len(network.edges):,} edges, no graphics card")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        begun = monotonic()
        page.goto(address)
        page.wait_for_selector("[data-graph][data-drawn]", timeout=60_000)
        print(f"address to picture        {(monotonic() - begun) * 1000:8.0f} ms")
        print(f"our script, a frame       {page.evaluate(FRAME):8.1f} ms   target 16 ms")
        print(f"our script, pointing      {page.evaluate(POINT):8.1f} ms   target 50 ms")
        print(f"dragged                   {_frames(page, _drag):8.1f} frames a second")
        print(f"zoomed by the wheel       {_frames(page, _wheel):8.1f} frames a second")
        browser.close()


def _frames(page: Page, act: Callable[[Page, float, float], None]) -> float:
    box = page.locator(".graph-stage").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.9
    page.evaluate(COUNT)
    page.mouse.move(x, y)
    begun = monotonic()
    act(page, x, y)
    seen = page.evaluate("frames_seen")
    return float(seen) / (monotonic() - begun)


def _drag(page: Page, x: float, y: float) -> None:
    page.mouse.down()
    begun, n = monotonic(), 0
    while monotonic() - begun < SECONDS:
        n += 1
        page.mouse.move(x + 7 * n % 200, y - 3 * n % 100)
    page.mouse.up()


def _wheel(page: Page, x: float, y: float) -> None:
    begun, n = monotonic(), 0
    while monotonic() - begun < SECONDS:
        n += 1
        page.mouse.wheel(0, -120 if n % 10 < 5 else 120)
        page.wait_for_timeout(30)


if __name__ == "__main__":
    main()
