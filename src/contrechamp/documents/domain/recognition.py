"""Read a scanned page by machine: Tesseract with the French model.

The page is drawn in grey, turned upright, set straight and read; each word comes with its box and
how sure the engine is. Boxes are given on the page as it is seen, before we turned anything.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Any

import tesserocr
from PIL import Image

from . import pdfs, pictures
from .textual import clean

DPI = 300
SIDE = 5_000
"""The longest side in pixels: an A3 sheet at 300 dots per inch, or a poster at fewer."""
SURE = 70.0
"""Mean confidence above which a page is upright."""
STRAIGHT = 0.35
"""Degrees that Tesseract reads without loss."""
SURE_SCORE = 75.0
"""Score of a strip that needs no comparison."""
SIDEWAYS = 2.0
"""How many times as uneven columns must be as rows, for a page to lie on its side."""
INK = 160
"""Grey below which a pixel is ink, for finding the skew."""

Word = tuple[int, int, float, float, float, float, float]
"""Offsets in the text, box as fractions of the page, confidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What a machine read on a page."""

    text: str
    words: tuple[Word, ...]
    confidence: float | None
    """Mean over the words, by their length; None on a page without words."""
    engine: str
    engine_version: str
    turned: int
    skew: float
    seconds: float


@dataclass(frozen=True, slots=True)
class _Read:
    text: str
    words: list[tuple[int, int, int, int, int, int, float]]
    confidence: float


def engine_version() -> str:
    """Return the version of Tesseract."""
    return str(tesserocr.tesseract_version()).split("\n")[0].removeprefix("tesseract").strip()


def recognise(path: Path, kind: str, page: int, model: Path) -> Recognised:
    """Read one page of a PDF or image with the model of that folder."""
    started = perf_counter()
    image, dpi = draw(path, kind, page)
    if is_blank(image):
        return _result(_Read("", [], 0.0), lambda x, y: (x, y), image, 0, 0.0, started)
    turned, skew, found, straight = _best(image, dpi, _engine(str(model)))
    back = _way_back(image.size, straight.size, turned, skew)
    return _result(found, back, image, turned, skew, started)


def draw(path: Path, kind: str, page: int) -> tuple[Image.Image, float]:
    """Return the page in grey and its dots per inch."""
    if kind == "pdf":
        with pdfs.opened(path) as (document, _):
            drawn = document[page - 1]
            width, height = drawn.get_size()
            dpi = min(DPI, SIDE * 72 / max(width, height, 1))
            return drawn.render(scale=dpi / 72, grayscale=True).to_pil().convert("L"), dpi
    image, dpi = pictures.grey(path, page)
    if max(image.size) > SIDE:
        scale = SIDE / max(image.size)
        image = image.resize((round(image.width * scale), round(image.height * scale)))
        dpi *= scale
    return image, dpi


def is_blank(image: Image.Image) -> bool:
    """Answer whether there is nothing on the page: one shade, up to the grain of a scan."""
    small = image.resize(
        (max(image.width // 8, 1), max(image.height // 8, 1)), Image.Resampling.BOX
    )
    low, high = small.getextrema()
    return bool(int(high) - int(low) < 24)  # type: ignore[arg-type]


def _best(image: Image.Image, dpi: float, engine: Any) -> tuple[int, float, _Read, Image.Image]:
    """Read the page the likeliest way up; when the engine is unsure, look for another."""
    first = 90 if is_sideways(image) else 0
    best = _turned(image, first, dpi, engine) if not first else None
    if best and _is_sure(best[2]):
        return best
    turn = _upright(image, dpi, engine, first)
    if best is None or turn:
        other = _turned(image, turn, dpi, engine)
        if best is None or _worth(other[2]) > _worth(best[2]):
            best = other
    return best


def _turned(
    image: Image.Image, turn: int, dpi: float, engine: Any
) -> tuple[int, float, _Read, Image.Image]:
    skew, straight, found = _straight(
        image.rotate(turn, expand=True) if turn else image, dpi, engine
    )
    return turn, skew, found, straight


def _is_sure(found: _Read) -> bool:
    return _worth(found) >= SURE and len(found.words) > 5


def is_sideways(image: Image.Image) -> bool:
    """Answer whether the lines of the page run from top to bottom."""
    ink = _ink(image)
    return _contrast(ink.rotate(90, expand=True), 0.0) > SIDEWAYS * _contrast(ink, 0.0)


def _upright(image: Image.Image, dpi: float, engine: Any, first: int) -> int:
    """Return by how much to turn the page, from quick readings of its middle.

    To read a page that lies on its side takes ten times as long, so a strip must do.
    """
    turns = (90, 270) if first else (0, 180, 90, 270)
    scores: dict[int, float] = {}
    for turn in turns:
        strip = _strip(image.rotate(turn, expand=True))
        scores[turn] = _score(strip, dpi, engine)
        if scores[turn] > SURE_SCORE:
            break
    return max(scores, key=lambda turn: scores[turn])


def _strip(image: Image.Image) -> Image.Image:
    """Return the band of a page that holds most ink, a sixth of its height."""
    rows = image.resize((1, 12), Image.Resampling.BOX).tobytes()
    start = min(range(11), key=lambda n: rows[n] + rows[n + 1])
    height = image.height
    return image.crop((0, start * height // 12, image.width, (start + 2) * height // 12))


def _score(image: Image.Image, dpi: float, engine: Any) -> float:
    found = _read(image, dpi, engine)
    signs = sum(word[1] - word[0] for word in found.words)
    return _worth(found) * min(signs / 60, 1.0)


def _worth(found: _Read) -> float:
    return found.confidence if found.words else 0.0


def _straight(image: Image.Image, dpi: float, engine: Any) -> tuple[float, Image.Image, _Read]:
    """Set the page straight if it is not, and read it."""
    skew = find_skew(image)
    straight = image
    if abs(skew) >= STRAIGHT:
        straight = image.rotate(skew, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    else:
        skew = 0.0
    return skew, straight, _read(straight, dpi, engine)


def find_skew(image: Image.Image, most: float = 6.0) -> float:
    """Return by how many degrees to turn the page so that its lines are level.

    Level lines leave white between them: the sums of the rows then differ most.
    """
    small = _ink(image)
    angle = 0.0
    for step, reach in ((1.0, most), (0.25, 1.0), (0.1, 0.25)):
        tries = [angle + step * n for n in range(-round(reach / step), round(reach / step) + 1)]
        angle = max(tries, key=lambda degrees: (_contrast(small, degrees), -abs(degrees)))
    return round(angle, 2)


def _ink(image: Image.Image) -> Image.Image:
    """Return a small picture of where ink is."""
    scale = 700 / max(image.size)
    size = max(round(image.width * scale), 1), max(round(image.height * scale), 1)
    small = image.resize(size, Image.Resampling.BOX)
    return small.point(lambda value: 255 if value < INK else 0)


def _contrast(ink: Image.Image, degrees: float) -> float:
    turned = ink.rotate(degrees, resample=Image.Resampling.BILINEAR) if degrees else ink
    rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
    return float(sum((one - other) ** 2 for one, other in pairwise(rows)))


@cache
def _engine(model: str) -> Any:
    """Start Tesseract once in a process."""
    return tesserocr.PyTessBaseAPI(path=model, lang="fra", psm=tesserocr.PSM.AUTO)


def _read(image: Image.Image, dpi: float, engine: Any) -> _Read:
    """Let Tesseract read; collect words with offsets, boxes in pixels and confidence."""
    engine.SetImage(image)
    engine.SetSourceResolution(max(round(dpi), 70))
    engine.Recognize()
    parts: list[str] = []
    words: list[tuple[int, int, int, int, int, int, float]] = []
    length = 0
    iterator = engine.GetIterator()
    if iterator is not None:
        level = tesserocr.RIL
        for word in tesserocr.iterate_level(iterator, level.WORD):
            text, box = _word_text(word, level), word.BoundingBox(level.WORD)
            if not text or box is None:
                continue
            if parts:
                gap = _gap(word, level)
                parts.append(gap)
                length += len(gap)
            words.append((length, length + len(text), *box, float(word.Confidence(level.WORD))))
            parts.append(text)
            length += len(text)
    engine.Clear()
    signs = sum(word[1] - word[0] for word in words)
    mean = sum((word[1] - word[0]) * word[6] for word in words) / signs if signs else 0.0
    return _Read("".join(parts), words, mean)


def _word_text(word: Any, level: Any) -> str:
    try:
        return clean((word.GetUTF8Text(level.WORD) or "").strip())
    except RuntimeError:  # A block without text, such as a picture.
        return ""


def _gap(word: Any, level: Any) -> str:
    """Return what stands between a word and the one before it."""
    if word.IsAtBeginningOf(level.PARA):
        return "\n\n"
    return "\n" if word.IsAtBeginningOf(level.TEXTLINE) else " "


Back = Callable[[float, float], tuple[float, float]]


def _way_back(seen: tuple[int, int], straight: tuple[int, int], turned: int, skew: float) -> Back:
    """Return what leads from a point of the straight image to the page as it is seen."""
    width, height = seen
    upright = (height, width) if turned in {90, 270} else (width, height)
    radians = math.radians(skew)
    cos, sin = math.cos(radians), math.sin(radians)

    def back(x: float, y: float) -> tuple[float, float]:
        # Turning is about the middle; Pillow turns against the clock, and y grows downwards.
        dx, dy = x - straight[0] / 2, y - straight[1] / 2
        x, y = dx * cos - dy * sin, dx * sin + dy * cos
        x, y = x + upright[0] / 2, y + upright[1] / 2
        if turned == 90:
            return width - y, x
        if turned == 180:
            return width - x, height - y
        if turned == 270:
            return y, height - x
        return x, y

    return back


def _result(
    found: _Read, back: Back, image: Image.Image, turned: int, skew: float, started: float
) -> Recognised:
    words = tuple(
        (start, end, *_box(back, image.size, box), round(sure, 1))
        for start, end, *box, sure in found.words
    )
    return Recognised(
        text=found.text,
        words=words,
        confidence=round(found.confidence, 1) if words else None,
        engine="tesseract",
        engine_version=engine_version(),
        turned=turned,
        skew=skew,
        seconds=round(perf_counter() - started, 3),
    )


def _box(back: Back, size: tuple[int, int], box: list[Any]) -> tuple[float, float, float, float]:
    """Return a box as fractions of the page, around its four corners as they are seen."""
    x0, y0, x1, y1 = box
    corners = [back(x, y) for x in (x0, x1) for y in (y0, y1)]
    across = [min(max(x / size[0], 0.0), 1.0) for x, _ in corners]
    down = [min(max(y / size[1], 0.0), 1.0) for _, y in corners]
    return (
        round(min(across), 5),
        round(min(down), 5),
        round(max(across), 5),
        round(max(down), 5),
    )
