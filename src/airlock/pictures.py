"""Pictures of a clean copy's pages, as they will be seen: drawn in the sandbox."""

from __future__ import annotations

import html
import shutil
from collections.abc import Mapping
from pathlib import Path

from .display import shown_text
from .say import Refused, say
from .scrub import boxed
from .unsealing import DAMAGED, need

_DOTS_PER_INCH = "80"
PAGE = "apercu.html"


def draw(copy: Path, kind: str, folder: Path) -> list[Path]:
    """Put a picture of each page into `folder` and return them in order; raise Refused (5, 6)."""
    if kind == "txt":
        return []
    if kind != "pdf":
        return [Path(shutil.copyfile(copy, folder / f"page-1.{kind}"))]
    for program, package in (("bwrap", "bubblewrap"), ("pdftoppm", "poppler-utils")):
        need(program, package)
    shutil.copyfile(copy, folder / "in.pdf")
    drawn = boxed(folder, "pdftoppm", "-png", "-r", _DOTS_PER_INCH, "in.pdf", "page")
    (folder / "in.pdf").unlink()
    pages = sorted(folder.glob("page-*.png"))
    if drawn is None or not pages:
        raise Refused("Les pages de ce PDF ne se dessinent pas : il est refusé.", DAMAGED)
    return pages


def page(fields: Mapping[str, str], pages: list[Path], text: str = "") -> str:
    """Return an HTML page, without script or link, that shows every field and every picture."""
    rows = "".join(
        f"<tr><th>{html.escape(key)}</th><td>{html.escape(value)}</td></tr>"
        for key, value in fields.items()
    )
    drawn = "".join(
        f'<figure><img src="{each.name}" alt=""><figcaption>{number}</figcaption></figure>'
        for number, each in enumerate(pages, 1)
    )
    plain = f"<pre>{html.escape(shown_text(text))}</pre>" if text else ""
    title = html.escape(say("Ce qui sera visible"))
    return (
        "<!doctype html><meta charset=utf-8>"
        "<meta http-equiv=content-security-policy "
        "content=\"default-src 'none'; img-src file: 'self'; style-src 'unsafe-inline'\">"
        f"<title>{title}</title>"
        "<style>body{font:1rem sans-serif;max-width:60rem;margin:2rem auto}"
        "th{text-align:left;vertical-align:top;padding-right:1rem}"
        "img{max-width:100%;border:1px solid}pre{white-space:pre-wrap}</style>"
        f"<h1>{title}</h1><table>{rows}</table>{drawn}{plain}\n"
    )
