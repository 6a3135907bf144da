"""What the typesetter is given: a dossier as plain data, words and measures of paper in it.

Lengths are millimetres of paper; heights on a page are fractions of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .dossiers import Dossier, Exhibit, Passage, Statement, exhibit_name, flowing

FULL = 166.0
"""Width of the text on A4."""
THUMBNAIL = (48.0, 84.0)
STRIP_HEIGHT = 205.0
"""The most that the enlarged passage takes of a page."""
MARGIN = 0.022
"""What is shown above and below a passage, as a fraction of the page."""
ENLARGED = 1.0
"""How many times its own size a page is shown at most: a receipt is not made a poster."""
MM = 25.4 / 72
SIGNS = {"alleged": "○", "documented": "◐", "verified": "●", "contradicted": "⚡"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A page drawn to a file beside the text."""

    file: str
    width: int
    """Pixels."""
    height: int
    width_pt: float

    @property
    def ratio(self) -> float:
        return self.height / self.width


Pictures = Mapping[tuple[str, int], Picture]
"""By hash of the exhibit and page; what could not be drawn is not there."""


def data_of(
    dossier: Dossier,
    pictures: Pictures,
    words: Mapping[str, str],
    statuses: Sequence[tuple[str, str, str]],
) -> dict[str, Any]:
    """Return all that the templates of a dossier and of its inventory ask for."""
    cover, count = dossier.cover, len(dossier.exhibits)
    return {
        "paper": _paper(dossier, words),
        "words": dict(words),
        "cover": {
            "lines": _cover_lines(dossier, words),
            "introduction": paragraphs(cover.introduction),
        },
        "statuses": [
            {"sign": SIGNS[code], "words": name, "rule": rule}
            for code, name, rule in statuses
            if any(each.status == code for each in dossier.statements)
        ],
        "statements": [
            _statement(number, each, dossier, pictures, words)
            for number, each in enumerate(dossier.statements, start=1)
        ],
        "exhibits": [
            _exhibit(number, each, dossier, words)
            for number, each in enumerate(dossier.exhibits, start=1)
        ],
        "inventory_line": words["inventory_line"].format(
            title=cover.title, count=count, day=words["day_words"]
        ),
    }


def paragraphs(text: str) -> list[str]:
    """Return a text cut where an empty line or an end of line is."""
    return [flowing(line) for line in text.splitlines() if line.strip()]


def size_words(size: int, language: str) -> str:
    """Return a number of bytes as one reads it: `1,2 Mo`, `1.2 MB`."""
    units = ("octets", "ko", "Mo", "Go") if language == "fr" else ("bytes", "kB", "MB", "GB")
    value, unit = float(size), 0
    while value >= 1000 and unit < len(units) - 1:
        value, unit = value / 1000, unit + 1
    text = f"{value:.0f}" if unit == 0 or value >= 100 else f"{value:.1f}"
    return f"{text.replace('.', ',') if language == 'fr' else text}\u00a0{units[unit]}"


def strip_of(
    rects: Sequence[Sequence[float]], ratio: float, width_pt: float
) -> tuple[float, float, float] | None:
    """Return top and foot of the strip of a page around a passage, and its width on paper.

    None without rectangles.
    """
    if not rects:
        return None
    top = max(0.0, min(rect[1] for rect in rects) - MARGIN)
    foot = min(1.0, max(rect[3] for rect in rects) + MARGIN)
    width = min(FULL, max(width_pt * MM * ENLARGED, 60.0), STRIP_HEIGHT / (ratio * (foot - top)))
    return round(top, 5), round(foot, 5), round(width, 2)


def _paper(dossier: Dossier, words: Mapping[str, str]) -> dict[str, Any]:
    cover = dossier.cover
    return {
        "title": cover.title,
        "author": cover.author or words["observatory_name"],
        "description": words["kind"],
        "day": [int(part) for part in cover.day.split("-")],
        "language": cover.language,
        "running": cover.title if len(cover.title) <= 80 else f"{cover.title[:79]}…",
        "running_right": words["running_right"],
    }


def _cover_lines(dossier: Dossier, words: Mapping[str, str]) -> list[tuple[str, str]]:
    cover = dossier.cover
    lines = (
        (words["author"], cover.author),
        (words["date"], words["day_words"]),
        (words["contents_line"], words["contents_count"]),
        (words["observatory"], cover.observatory),
        (words["address"], cover.address),
        (words["edition"], cover.edition),
    )
    return [(name, value) for name, value in lines if value]


def _statement(
    number: int,
    statement: Statement,
    dossier: Dossier,
    pictures: Pictures,
    words: Mapping[str, str],
) -> dict[str, Any]:
    return {
        "number": number,
        "first": number == 1,
        "sentence": flowing(statement.sentence),
        "kind": statement.kind,
        "id": statement.id,
        "url": statement.url,
        "sign": SIGNS.get(statement.status, ""),
        "status_words": statement.status_words,
        "status_rule": statement.status_rule,
        "dates": statement.dates,
        "details": [[name, flowing(value)] for name, value in statement.details],
        "note": paragraphs(statement.note),
        "passages": [_passage(each, dossier, pictures, words) for each in statement.passages],
        "sources": [
            {
                "kind": each.kind,
                "title": flowing(each.title),
                "detail": each.detail,
                "url": each.url,
                "words": words["quoted"].format(words=flowing(each.words)) if each.words else "",
                "stance": each.stance,
            }
            for each in statement.sources
        ],
    }


def _passage(
    passage: Passage, dossier: Dossier, pictures: Pictures, words: Mapping[str, str]
) -> dict[str, Any]:
    number = dossier.number_of(passage.sha256)
    exhibit = dossier.exhibits[number - 1]
    exact = flowing(passage.exact)
    return {
        "seal": words["exhibit_number"].format(number=number),
        "where": where(passage, words) if exact or passage.rects else words["whole_document"],
        "stance": passage.stance,
        "exact": words["quoted"].format(words=exact) if exact else "",
        "before": f"… {before} " if (before := flowing(passage.before).partition(" ")[2]) else "",
        "after": f" {after} …" if (after := flowing(passage.after).rpartition(" ")[0]) else "",
        "language": exhibit.language if exhibit.language in {"fr", "en"} else "fr",
        "title": flowing(exhibit.title),
        "about": ", ".join(part for part in (exhibit.about, exhibit.author) if part),
        "origin": exhibit.origin,
        "source_url": exhibit.source_url,
        "url": passage.url,
        "images": list(_images(passage, number, pictures, words)),
    }


def where(passage: Passage, words: Mapping[str, str]) -> str:
    """Return on which pages a passage stands, in words."""
    if passage.page_to > passage.page_from:
        return words["pages_from_to"].format(first=passage.page_from, last=passage.page_to)
    return words["page_number"].format(page=passage.page_from)


def _images(passage: Passage, number: int, pictures: Pictures, words: Mapping[str, str]) -> Any:
    rects = dict(passage.rects)
    for page in range(passage.page_from, passage.page_to + 1):
        picture = pictures.get((passage.sha256, page))
        if picture is None:
            continue
        marks = rects.get(page, ())
        lost = passage.exact and not passage.rects
        caption = words["page_number"].format(page=page)
        values = {"page": page, "number": number}
        yield {
            "file": picture.file,
            "ratio": picture.ratio,
            "rects": [list(rect) for rect in marks],
            "thumbnail": round(min(THUMBNAIL[0], THUMBNAIL[1] / picture.ratio), 2),
            "alt": words["alt_page"].format(**values),
            "caption": f"{caption} ({words['not_placed']})" if lost else caption,
            "strip": _strip(picture, marks, values, words),
        }


def _strip(
    picture: Picture,
    marks: Sequence[Sequence[float]],
    values: Mapping[str, int],
    words: Mapping[str, str],
) -> dict[str, Any] | None:
    strip = strip_of(marks, picture.ratio, picture.width_pt)
    if strip is None:
        return None
    return {
        "top": strip[0],
        "bottom": strip[1],
        "width": strip[2],
        "alt": words["alt_strip"].format(**values),
        "caption": words["strip"].format(**values),
    }


def _exhibit(
    number: int, exhibit: Exhibit, dossier: Dossier, words: Mapping[str, str]
) -> dict[str, Any]:
    size = size_words(exhibit.bytes, dossier.cover.language)
    pages = words["one_page" if exhibit.pages == 1 else "page_count"].format(count=exhibit.pages)
    facts = (exhibit.about, exhibit.author, pages, size)
    citing = [
        str(place)
        for place, each in enumerate(dossier.statements, start=1)
        if any(passage.sha256 == exhibit.sha256 for passage in each.passages)
    ]
    return {
        "number": number,
        "label": words["exhibit_number"].format(number=number),
        "title": flowing(exhibit.title),
        "about": ", ".join(part for part in (exhibit.about, exhibit.author) if part),
        "facts": ", ".join(part for part in facts if part),
        "dated_words": exhibit.dated_words,
        "origin": exhibit.origin,
        "source_url": exhibit.source_url,
        "url": exhibit.url,
        "cited_by": words["cited_by"].format(numbers=", ".join(citing)),
        "file": f"pieces/{exhibit_name(number, exhibit, count=len(dossier.exhibits))}",
        "sha256": exhibit.sha256,
        "size": size,
        "pages": exhibit.pages,
    }
