"""Where words stand on a page, and what that gives: rectangles, passages, marked text.

Coordinates are fractions of the page as one sees it (crop box, after rotation), origin top left.
A word is a stretch of the page's text without white space, with its box.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple


class Rect(NamedTuple):
    """A rectangle on a page."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0


class Word(NamedTuple):
    """A word of a text, by offsets, and its box."""

    start: int
    end: int
    x0: float
    y0: float
    x1: float
    y1: float


class Sign(NamedTuple):
    """A printed character and its box."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a text and the keys of all marks that cover it."""

    text: str
    start: int
    keys: tuple[str, ...] = ()


def words_of(rows: Iterable[Sequence[float]] | None) -> list[Word]:
    """Read words from stored rows `[start, end, x0, y0, x1, y1, …]`."""
    return [Word(int(row[0]), int(row[1]), *(float(at) for at in row[2:6])) for row in rows or ()]


def check_rect(values: Sequence[float]) -> Rect:
    """Return the rectangle with its corners in order and inside the page, or raise `ValueError`."""
    if len(values) != 4 or not all(-0.01 <= value <= 1.01 for value in values):
        raise ValueError("four fractions of the page")
    xs, ys = sorted((values[0], values[2])), sorted((values[1], values[3]))
    x0, y0, x1, y1 = (min(max(at, 0.0), 1.0) for at in (xs[0], ys[0], xs[1], ys[1]))
    if x1 - x0 < 0.001 or y1 - y0 < 0.001:
        raise ValueError("a rectangle without surface")
    return Rect(x0, y0, x1, y1)


def rects_of(words: Sequence[Word], start: int, end: int) -> list[Rect]:
    """Return one rectangle per line of the passage between two offsets."""
    lines: list[Rect] = []
    for word in words:
        if word.end <= start or word.start >= end or start >= end:
            continue
        part = _part(word, start, end)
        if lines and _same_line(lines[-1], part):
            lines[-1] = _union(lines[-1], part)
        else:
            lines.append(part)
    return [Rect(*(round(at, 5) for at in line)) for line in lines]


def span_of(words: Sequence[Word], rects: Iterable[Rect]) -> tuple[int, int] | None:
    """Return the offsets from the first to the last word whose middle lies in a rectangle."""
    zones = list(rects)
    inside = [word for word in words if _is_in(word, zones)]
    if not inside:
        return None
    return min(word.start for word in inside), max(word.end for word in inside)


def is_inside(words: Sequence[Word], span: tuple[int, int], rects: Sequence[Rect]) -> bool:
    """Answer whether every word of a passage has its middle in a rectangle."""
    return all(_is_in(word, rects) for word in words if span[0] <= word.start < span[1])


def _is_in(word: Word, rects: Sequence[Rect]) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return any(rect.x0 <= x <= rect.x1 and rect.y0 <= y <= rect.y1 for rect in rects)


def align(signs: Sequence[Sign], text: str) -> list[Word]:
    """Give each word of the text the box of its printed characters.

    The text of a page was written down by whoever read it: line ends, spaces and a few signs
    may differ from the characters that the file draws.
    """
    printed = [sign for sign in signs if not sign.text.isspace()]
    places = [index for index, sign in enumerate(text) if not sign.isspace()]
    boxes: dict[int, Sign] = {}
    for from_sign, from_place, count in _matches(
        "".join(sign.text for sign in printed), "".join(text[index] for index in places)
    ):
        for step in range(count):
            boxes[places[from_place + step]] = printed[from_sign + step]
    words = (_boxed(found.start(), found.end(), boxes) for found in re.finditer(r"\S+", text))
    return [word for word in words if word]


def pieces(text: str, marks: Iterable[tuple[int, int, str]]) -> list[Piece]:
    """Cut a text where a mark begins or ends; marks may overlap."""
    spans = [(max(start, 0), min(end, len(text)), key) for start, end, key in marks]
    spans = [span for span in spans if span[0] < span[1]]
    cuts = sorted({0, len(text), *(at for start, end, _ in spans for at in (start, end))})
    return [
        Piece(
            text=text[low:high],
            start=low,
            keys=tuple(key for start, end, key in spans if start <= low and high <= end),
        )
        for low, high in pairwise(cuts)
    ]


SENTENCE_END = re.compile(
    r"(?<=[.!?…;])[\s»”\"]+(?=[A-ZÀ-ÖØ-Þ0-9«“\"\-–•(])|\n\s*\n|(?<=[A-ZÀ-Þ]{3})\n|\n(?=\s*(?:[-–•]|Article|ARTICLE|Art\.))"
)
ABBREVIATION = re.compile(r"(?:\b(?:M|MM|Mme|Dr|art|al|n|p|cf|av|bd|St|Ste|etc|L|R|D)|°)\.$")


def sentences(text: str) -> list[tuple[int, int]]:
    """Cut a text into sentences, as offsets without the white space around them."""
    found: list[tuple[int, int]] = []
    start = 0
    for gap in SENTENCE_END.finditer(text):
        if ABBREVIATION.search(text[start : gap.start()]) and "\n\n" not in gap.group():
            continue
        found.append((start, gap.start()))
        start = gap.end()
    found.append((start, len(text)))
    trimmed = (_trimmed(text, *span) for span in found)
    return [span for span in trimmed if span[0] < span[1]]


NEW_LINE = re.compile(
    r"\s*(?:[-–—•*▪■]|\d{1,2}[.)°]|[a-z]\)|(?:Article|ARTICLE|Art\.|VU|Vu|Considérant)\b)"
)


def flow(text: str) -> list[str]:
    """Cut a text where a paragraph, a title or a line of a list ends; joined it is the text.

    Lines of a page end where the paper ended. On a screen they may flow, all but those that end
    early, on purpose, or before something new.
    """
    lines = text.split("\n")
    lengths = sorted(len(line) for line in lines if line.strip())
    full = lengths[len(lengths) * 3 // 4] if lengths else 0
    parts: list[str] = []
    current = ""
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        current += line if following is None else line + "\n"
        if following is not None and _ends_here(line, following, full):
            parts.append(current)
            current = ""
    return [*parts, current]


def _ends_here(line: str, following: str, full: int) -> bool:
    if not line.strip() or not following.strip() or NEW_LINE.match(following):
        return True
    if len(line) < 0.62 * full:
        return True
    return line.rstrip()[-1] in ".:;!?" and following.lstrip()[:1].isupper()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())


def _part(word: Word, start: int, end: int) -> Rect:
    """Return the box of a word, cut in proportion when the passage begins or ends inside it."""
    length = max(word.end - word.start, 1)
    width = word.x1 - word.x0
    from_left = max(start - word.start, 0) / length
    to_right = min(end - word.start, length) / length
    return Rect(word.x0 + width * from_left, word.y0, word.x0 + width * to_right, word.y1)


def _same_line(line: Rect, part: Rect) -> bool:
    """Answer whether a box goes on a line: beside it, or under or over it where text is turned."""
    turned = _is_tall(line) and _is_tall(part) and -0.02 < _gap(line, part) < 0.25
    if turned and _overlap(line.x0, line.x1, part.x0, part.x1):
        return True
    overlaps = _overlap(line.y0, line.y1, part.y0, part.y1)
    return overlaps and part.x0 >= line.x0 and part.x0 - line.x1 < 0.25


def _is_tall(rect: Rect) -> bool:
    return rect.height > 1.5 * rect.width


def _overlap(low: float, high: float, other_low: float, other_high: float) -> bool:
    """Answer whether two stretches share half of the shorter one."""
    least = min(high - low, other_high - other_low)
    return min(high, other_high) - max(low, other_low) >= 0.5 * least


def _gap(one: Rect, other: Rect) -> float:
    return max(one.y0, other.y0) - min(one.y1, other.y1)


def _union(one: Rect, other: Rect) -> Rect:
    return Rect(
        min(one.x0, other.x0), min(one.y0, other.y0), max(one.x1, other.x1), max(one.y1, other.y1)
    )


def _boxed(start: int, end: int, boxes: dict[int, Sign]) -> Word | None:
    inside = [boxes[index] for index in range(start, end) if index in boxes]
    if not inside:
        return None
    return Word(
        start,
        end,
        round(max(min(sign.x0 for sign in inside), 0.0), 5),
        round(max(min(sign.y0 for sign in inside), 0.0), 5),
        round(min(max(sign.x1 for sign in inside), 1.0), 5),
        round(min(max(sign.y1 for sign in inside), 1.0), 5),
    )


def _matches(printed: str, written: str) -> Iterable[tuple[int, int, int]]:
    """Yield the stretches that both have: as a rule the whole, else by comparison."""
    if printed == written:
        yield 0, 0, len(printed)
        return
    if len(printed) == len(written):
        # A sign here and there was read otherwise: each still stands at its place.
        same = sum(one == other for one, other in zip(printed, written, strict=True))
        if same >= 0.95 * len(printed):
            yield 0, 0, len(printed)
            return
    matcher = SequenceMatcher(None, printed, written, autojunk=len(written) > 20_000)
    for match in matcher.get_matching_blocks():
        yield match.a, match.b, match.size
