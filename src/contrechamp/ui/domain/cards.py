"""The picture that a link is shown with elsewhere: 1200 × 630, drawn with our own letters.

The same words give the same bytes. Lines break at plain spaces alone, so that what French holds
together stays together; a title that is too long gets smaller, then is cut with an ellipsis.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from contrechamp.kernel.typography import NBSP, THIN

WIDTH, HEIGHT = 1200, 630
FONTS = Path(__file__).parents[1] / "static" / "ui" / "fonts"
LEFT, RIGHT, TOP, FOOT = 96, 1128, 64, 548
PAPER, INK, SOFT, LINE = "#fbf9f4", "#1d1e23", "#575a63", "#ddd7c9"
ACTION, SPARK, MARK = "#0d4f5c", "#b4530f", "#ffe58a"
STATUSES = {
    "alleged": ("#7a5200", "#fbf0d6"),
    "documented": ("#1f4f8f", "#e4edf9"),
    "verified": ("#1a6138", "#e0f2e6"),
    "contradicted": ("#a3123a", "#fbe4ea"),
}
TITLE_SIZES = (76, 68, 60, 54, 48, 43)
TITLE_LINES = 4
QUOTE_SIZES = (52, 46, 42, 38)
COLOURS = 96
"""Enough for smooth letters, and a third of the bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a picture says."""

    label: str
    title: str
    place: str = ""
    summary: str = ""
    status: str = ""
    status_label: str = ""
    figures: tuple[str, ...] = ()
    is_quote: bool = False


Font = ImageFont.FreeTypeFont


@lru_cache(maxsize=32)
def _font(name: str, size: int) -> Font:
    return ImageFont.truetype(str(FONTS / f"{name}.ttf"), size)


def draw(card: Card) -> bytes:
    """Return a PNG of 1200 × 630."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 23, HEIGHT), fill=ACTION)
    _brand(pen)
    about = " · ".join(filter(None, [card.label, card.place]))
    pen.text((LEFT, 150), fit(about, _font("strong", 32), RIGHT - LEFT), SPARK, _font("strong", 32))
    bottom = _title(pen, card)
    if card.summary and not card.is_quote:
        _summary(pen, card.summary, bottom + 22)
    _foot(pen, card)
    out = io.BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _brand(pen: ImageDraw.ImageDraw) -> None:
    """Draw the mark of the site, as `ui/mark.html` has it, and its name."""
    x, y, k = LEFT, TOP - 4, 1.75

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + k * a, y + k * b) for a, b in points]

    pen.rectangle([*at((3, 9))[0], *at((16, 23))[0]], outline=ACTION, width=4)
    pen.polygon(at((29, 7), (29, 25), (20, 19), (20, 13)), fill=ACTION)
    cx, cy = at((9.5, 16))[0]
    pen.ellipse((cx - 5, cy - 5, cx + 5, cy + 5), fill=SPARK)
    pen.text((LEFT + 70, y + k * 16), "Contrechamp", ACTION, _font("strong", 34), anchor="lm")


def _title(pen: ImageDraw.ImageDraw, card: Card) -> int:
    """Write the title as large as it fits; return where it ends."""
    sizes = QUOTE_SIZES if card.is_quote else TITLE_SIZES
    most = TITLE_LINES + 1 if card.is_quote else TITLE_LINES
    room = FOOT - 30 - 205 - (90 if card.summary and not card.is_quote else 0)
    for size in sizes:
        if size == sizes[-1]:
            most += 1
        font = _font("title", size)
        lines, step = wrap(card.title, font, RIGHT - LEFT), round(size * 1.2)
        if len(lines) <= most and len(lines) * step <= room:
            break
    kept = max(min(most, room // step), 1)
    if len(lines) > kept:
        rest = " ".join(lines[kept - 1 :])
        lines = [*lines[: kept - 1], fit(rest, font, RIGHT - LEFT)]
    else:
        lines = balanced(card.title, font, RIGHT - LEFT, len(lines))
    y = 205
    for line in lines:
        if card.is_quote:
            length = font.getlength(line)
            pen.rectangle((LEFT - 8, y + 6, LEFT + length + 8, y + step - 2), fill=MARK)
        pen.text((LEFT, y), line, INK, font)
        y += step
    return y


def _summary(pen: ImageDraw.ImageDraw, text: str, y: int) -> None:
    font, step = _font("text", 32), 42
    kept = max(min((FOOT - 20 - y) // step, 2), 0)
    lines = wrap(text, font, RIGHT - LEFT)
    if kept and len(lines) > kept:
        lines = [*lines[: kept - 1], fit(" ".join(lines[kept - 1 :]), font, RIGHT - LEFT)]
    for line in lines[:kept]:
        pen.text((LEFT, y), line, SOFT, font)
        y += step


def _foot(pen: ImageDraw.ImageDraw, card: Card) -> None:
    pen.line((LEFT, FOOT, RIGHT, FOOT), fill=LINE, width=2)
    x, middle = LEFT, FOOT + 42
    font = _font("strong", 29)
    if card.status in STATUSES:
        colour, ground = STATUSES[card.status]
        words = card.status_label
        end = x + 62 + round(font.getlength(words))
        pen.rounded_rectangle((x, middle - 25, end, middle + 25), 25, fill=ground)
        _sign(pen, card.status, (x + 29, middle), colour, ground)
        pen.text((x + 46, middle), words, colour, font, anchor="lm")
        x = end + 28
    figures = fit(" · ".join(card.figures), _font("text", 29), RIGHT - x)
    pen.text((x, middle), figures, SOFT, _font("text", 29), anchor="lm")


def _sign(
    pen: ImageDraw.ImageDraw, status: str, at: tuple[int, int], colour: str, ground: str
) -> None:
    """Draw how sure something is: empty, half or full, or a bolt; never the colour alone."""
    x, y, r = *at, 9
    if status == "contradicted":
        bolt = ((3, -11), (-7, 3), (-1, 3), (-3, 11), (7, -3), (1, -3))
        pen.polygon([(x + a, y + b) for a, b in bolt], fill=colour)
        return
    full = status == "verified"
    box = (x - r, y - r, x + r, y + r)
    pen.ellipse(box, outline=colour, width=3, fill=colour if full else ground)
    if status == "documented":
        pen.pieslice(box, 90, 270, fill=colour)


def wrap(text: str, font: Font, width: float) -> list[str]:
    """Return the lines of a text, broken at plain spaces; a word wider than a line is cut."""
    lines: list[str] = []
    line = ""
    for word in _plain(text).split(" "):
        for piece in _pieces(word, font, width):
            longer = f"{line} {piece}" if line else piece
            if line and font.getlength(longer) > width:
                lines.append(line)
                line = piece
            else:
                line = longer
    return [*lines, line] if line else lines


def balanced(text: str, font: Font, width: float, count: int) -> list[str]:
    """Return as many lines, of lengths as even as can be: no last line of one word."""
    low, high = 1.0, width
    while high - low > 8:
        middle = (low + high) / 2
        if len(wrap(text, font, middle)) <= count:
            high = middle
        else:
            low = middle
    return wrap(text, font, high)


def fit(text: str, font: Font, width: float) -> str:
    """Return a text that is not wider, cut at a word with an ellipsis."""
    text = _plain(text)
    if font.getlength(text) <= width:
        return text
    words = text.split(" ")
    while len(words) > 1 and font.getlength(" ".join(words) + "…") > width:
        words.pop()
    cut = " ".join(words).rstrip(" ,;:.·–-" + NBSP + THIN)
    while cut and font.getlength(f"{cut}…") > width:
        cut = cut[:-1]
    return f"{cut}…"


def _pieces(word: str, font: Font, width: float) -> list[str]:
    pieces = []
    while font.getlength(word) > width and len(word) > 1:
        size = len(word) - 1
        while size > 1 and font.getlength(word[:size]) > width:
            size -= 1
        pieces.append(word[:size])
        word = word[size:]
    return [*pieces, word] if word else pieces


def _plain(text: str) -> str:
    """Return a text on one line, with the signs that the letters have; the thin space is wide."""
    one = " ".join(part for part in text.replace("\n", " ").split(" ") if part)
    kept = one.replace(THIN, NBSP)
    return "".join(sign if sign == NBSP or sign.isprintable() else " " for sign in kept)
