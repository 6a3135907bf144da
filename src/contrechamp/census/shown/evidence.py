"""Evidence as a page says it: where it is, what it quotes, and the picture of the passage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from contrechamp.documents import queries as documents
from contrechamp.foundation.vocabulary import label, terms

from .days import written
from .facts import Crop, ShownEvidence, ShownRect, host, is_web

WIDTH = 1200
"""Units of the drawing of a page, whatever its size on paper."""
AROUND = 84
"""Units of the page shown above and below a passage."""


def evidence_of(
    raw: Mapping[str, Any], *, titles: Mapping[str, str] | None = None, level: str = ""
) -> ShownEvidence:
    """Make one piece of evidence ready to be shown."""
    kind = str(raw.get("kind") or "")
    maker = MAKERS.get(kind, _file)
    return ShownEvidence(
        id=str(raw.get("id") or ""),
        kind=kind,
        stance=str(raw.get("stance") or "SUPPORTS").upper(),
        quote_text=str(raw.get("quote_text") or ""),
        quote=str(raw.get("quote") or ""),
        document=str(raw.get("document") or ""),
        page=raw.get("page"),
        level_label=level,
        **maker(raw, titles or {}),
    )


def _document(raw: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    sha256, page = str(raw.get("document") or ""), raw.get("page")
    url = str(raw.get("open") or "")
    if not url and sha256 and page:
        url = reverse("documents:page", args=[sha256, page])
        url += f"#{raw['quote']}" if raw.get("quote") else ""
    title = titles.get(sha256) or str(raw.get("title") or "") or gettext("le document")
    detail = gettext("page {page}").format(page=page) if page else ""
    return {"title": title, "url": url, "detail": detail}


def _register(raw: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    code, number = str(raw.get("register") or ""), str(raw.get("record_id") or "")
    url = str(raw.get("url") or "")
    pattern = str(terms("registers").get(code, {}).get("url") or "")
    if not url and pattern and number:
        url = pattern.replace("{id}", number)
    named = label("registers", code) if code else gettext("registre")
    return {
        "title": f"{named}, {number}" if number else named,
        "url": url if is_web(url) else "",
        "is_outside": True,
    }


def _url(raw: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    url = str(raw.get("url") or "")
    words = [str(raw.get("publisher") or "") or host(url)]
    if day := raw.get("retrieved_on"):
        words.append(gettext("lue le {day}").format(day=written(str(day))))
    return {
        "title": url,
        "url": url if is_web(url) else "",
        "detail": ", ".join(filter(None, words)),
        "is_outside": True,
    }


def _reference(raw: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    dated = str(raw.get("dated_text") or "")
    words = [str(raw.get("locator") or ""), written(dated) if dated else ""]
    url = str(raw.get("url") or "")
    return {
        "title": str(raw.get("publication") or ""),
        "url": url if is_web(url) else "",
        "is_outside": True,
        "detail": ", ".join(filter(None, words)),
    }


def _file(raw: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    return {
        "title": str(raw.get("file_name") or ""),
        "url": "",
        "detail": gettext("ce fichier est cité par un import, nous ne l'avons pas"),
    }


MAKERS = {
    "document": _document,
    "register": _register,
    "url": _url,
    "reference": _reference,
}


def with_crop(one: ShownEvidence, *, public_only: bool = True) -> ShownEvidence:
    """Add the picture of the passage, when the page has one and its place there is known."""
    quote = documents.find_quote(one.quote) if one.quote else None
    if quote is None or one.page is None or (public_only and not quote.is_public):
        return one
    page = documents.find_page(one.document, one.page)
    rects = quote.rects.get(str(one.page)) or []
    if page is None or not page.has_image or not rects:
        return one
    height = round(WIDTH * page.height_pt / max(page.width_pt, 1))
    image = reverse("documents:picture", args=[one.document, one.page])
    return replace(one, crop=crop_of(image, rects, height))


def crop_of(image: str, rects: Sequence[Sequence[float]], height: int) -> Crop:
    """Return the strip of a page around some rectangles, given as fractions of the page."""
    top = max(0, round(min(rect[1] for rect in rects) * height) - AROUND)
    foot = min(height, round(max(rect[3] for rect in rects) * height) + AROUND)
    return Crop(
        image=image,
        box=f"0 {top} {WIDTH} {max(foot - top, 1)}",
        width=WIDTH,
        height=height,
        rects=tuple(
            ShownRect(
                x=round(x0 * WIDTH),
                y=round(y0 * height),
                width=max(1, round((x1 - x0) * WIDTH)),
                height=max(1, round((y1 - y0) * height)),
            )
            for x0, y0, x1, y1 in rects
        ),
    )
