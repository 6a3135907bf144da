"""Try to read hidden words back from a public copy, in every way, without trust in its maker.

Each check is a function of what was got out of the copy (`reading`) and of the words. It tells
where a leak is, never what leaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from PIL import Image, ImageChops

from contrechamp.documents.domain.layout import Rect

from .finding import apart, find, fold, letters, parts
from .painting import paint, pixels
from .plan import Box, Term

SLACK = 0.0012
"""Fractions of the page by which a word may reach into a box: rounding, not reading."""
SHADE = 60
"""The most by which a painted box may differ from its colour, after compression."""
RAW = 5
"""Letters of the shortest word searched in raw bytes: shorter ones are there by chance."""
AROUND = 24
"""Letters around hidden words that make a sentence known again."""


@dataclass(frozen=True, slots=True)
class Check:
    """What one check found."""

    name: str
    passed: bool
    detail: str = ""

    def as_json(self) -> dict[str, object]:
        return {"name": self.name, "passed": self.passed, "detail": self.detail}


@dataclass(frozen=True, slots=True, kw_only=True)
class Anatomy:
    """What a file is made of, as `anatomy` found it."""

    revisions: int = 1
    annotations: int = 0
    attachments: int = 0
    scripts: int = 0
    layers: int = 0
    fields: int = 0
    thumbnails: int = 0
    strings: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Place and text of each string, name, outline and piece of metadata."""
    streams: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)
    """Place and bytes of each stream that is no picture, decompressed; and of the whole file."""


def check_text(
    readings: Mapping[str, Sequence[str]], terms: Sequence[Term], kept: Mapping[int, int]
) -> Check:
    """No reader of the text finds a word, nor a part of six letters that stands alone.

    `kept` says by term how many finds an editor let stand.
    """
    trouble: list[str] = []
    for name, pages in readings.items():
        for index, term in enumerate(terms):
            text = "\n".join(pages)
            found = apart([*find(text, term), *parts(text, term)])
            if len(found) > kept.get(index, 0):
                trouble.append(f"{name} : {_where(pages, term)}")
    return _check("text", trouble, ", ".join(readings))


def _where(pages: Sequence[str], term: Term) -> str:
    numbers = [
        str(number)
        for number, text in enumerate(pages, start=1)
        if find(text, term) or parts(text, term)
    ]
    return "p. " + ", ".join(numbers[:20]) if numbers else "deux pages qui se suivent"


def check_bytes(
    anatomy: Anatomy, raw: bytes, terms: Sequence[Term], kept: Mapping[int, int]
) -> Check:
    """No string, name, metadata or stream holds a word, in any encoding of PDF files."""
    sought = [term for index, term in enumerate(terms) if not kept.get(index)]
    trouble = [
        place
        for place, text in anatomy.strings
        if any(find(text, term) or parts(text, term) for term in sought)
    ]
    plain, digits = _raw_patterns(sought)
    streams = [*anatomy.streams, ("fichier", raw)]
    trouble += [place for place, data in streams if plain and _holds(data, plain)]
    if digits and digits.search(raw.lower()):
        trouble.append("fichier")
    return _check("bytes", trouble, f"{len(anatomy.strings)} textes, {len(streams)} flux")


def _raw_patterns(
    terms: Iterable[Term],
) -> tuple[re.Pattern[bytes] | None, re.Pattern[bytes] | None]:
    """Return words as they stand in bytes, in small letters: as signs, and in hexadecimal.

    What is one word must not go on, before or after.
    """
    signs: set[bytes] = set()
    digits: set[bytes] = set()
    for term in terms:
        if term.kind or len(letters(term.text)) < RAW:
            continue
        alone = term.whole_word and fold(term.text)[0].isalnum()
        for text in {term.text.lower(), fold(term.text)[0]}:
            for encoding in ("latin-1", "utf-8"):
                plain = text.encode(encoding, "ignore")
                signs.add(_whole(re.escape(plain), rb"[a-z]") if alone else re.escape(plain))
                digits.add(
                    _whole(plain.hex().encode(), rb"[46][1-9a-f]")
                    if alone
                    else plain.hex().encode()
                )
            digits.add(text.encode("utf-16-be").hex().encode())
    joined = [re.compile(b"|".join(sorted(each))) if each else None for each in (signs, digits)]
    return joined[0], joined[1]


def _whole(pattern: bytes, letter: bytes) -> bytes:
    return b"(?<!" + letter + b")" + pattern + b"(?!" + letter + b")"


def _holds(data: bytes, wanted: re.Pattern[bytes]) -> bool:
    small = data.lower()
    narrow = small.replace(b"\x00", b"")  # UTF-16, either end first.
    return bool(wanted.search(small) or (len(narrow) < len(small) and wanted.search(narrow)))


def check_structure(anatomy: Anatomy, terms: Sequence[Term]) -> Check:
    """One revision, and nothing that could carry words beside the pages."""
    trouble: list[str] = []
    if anatomy.revisions > 1:
        trouble.append(f"{anatomy.revisions} états du fichier")
    for name in ("annotations", "attachments", "scripts", "layers", "fields", "thumbnails"):
        if count := getattr(anatomy, name):
            trouble.append(f"{WORDS[name]} : {count}")
    for place, text in anatomy.strings:
        if place.startswith("signet") and any(find(text, term) for term in terms):
            trouble.append(place)
    return _check("structure", trouble)


WORDS = {
    "annotations": "annotations",
    "attachments": "pièces jointes",
    "scripts": "scripts",
    "layers": "calques",
    "fields": "champs de formulaire",
    "thumbnails": "vignettes",
}


def check_picture(
    pictures: Mapping[int, Image.Image],
    boxes: Sequence[Box],
    marks: Mapping[str, str],
    read: Mapping[int, str] | None,
    terms: Sequence[Term],
    kept: Mapping[int, int],
    left: Mapping[int, str],
) -> Check:
    """Each box is one colour, its code apart, and a machine reads no word on its page.

    `read` is what a machine read by page; None when it did not. Words that an editor let stand
    are not looked for. `left` is the text that can be selected, by page.
    """
    trouble = []
    for number, image in pictures.items():
        here = [box for box in boxes if box.page == number]
        if here and not _is_painted(image, here, dict(marks)):
            trouble.append(f"p. {number} : une zone n'est pas d'une seule couleur")
    sought = [term for index, term in enumerate(terms) if not kept.get(index)]
    for number, text in (read or {}).items():
        if any(_is_read(text, term, left.get(number, "")) for term in sought):
            trouble.append(f"p. {number} : lu dans l'image")
    note = f"{len(read)} pages relues par OCR" if read is not None else "sans relecture par OCR"
    return _check("picture", trouble, note)


def _is_read(text: str, term: Term, left: str) -> bool:
    """Answer whether a machine read a word, or nearly: then the page's text must not say the same.

    "communes" is nearly "commune", and stays where it is written.
    """
    if find(text, term):
        return True
    nearly = [letters(text[start:end]) for start, end in find(text, term, misread=True)]
    known = letters(left) if nearly else ""
    return any(word not in known for word in nearly)


def _is_painted(image: Image.Image, boxes: Sequence[Box], marks: dict[str, str]) -> bool:
    """Compare the boxes with boxes painted on an empty page."""
    wanted = Image.new("L", image.size, 255)
    paint(wanted, boxes, marks)
    for box in boxes:
        x0, y0, x1, y1 = pixels(box.rect, image.size)
        inner = (x0 + 1, y0 + 1, max(x1 - 1, x0 + 2), max(y1 - 1, y0 + 2))
        gap = ImageChops.difference(image.crop(inner), wanted.crop(inner))
        if max(gap.size) > 4:
            gap = gap.resize(
                (max(gap.width // 2, 1), max(gap.height // 2, 1)), Image.Resampling.BOX
            )
        if int(gap.getextrema()[1]) > SHADE:  # type: ignore[arg-type]
            return False
    return True


def check_words(words: Mapping[int, Sequence[tuple[str, Rect]]], boxes: Sequence[Box]) -> Check:
    """Every word that can be selected lies outside all boxes."""
    trouble = []
    for number, each in words.items():
        here = [box.rect for box in boxes if box.page == number]
        inside = sum(any(_reaches_into(rect, box) for box in here) for _, rect in each)
        if inside:
            trouble.append(f"p. {number} : {inside} mots dans une zone")
    return _check("words", trouble, f"{sum(map(len, words.values()))} mots")


def _reaches_into(word: Rect, box: Rect) -> bool:
    wide = min(word.x1, box.x1) - max(word.x0, box.x0)
    high = min(word.y1, box.y1) - max(word.y0, box.y0)
    return wide > SLACK and high > SLACK


def check_beside(named: Iterable[tuple[str, str]], terms: Sequence[Term]) -> Check:
    """No name, title or text that is shown beside the file holds a word: place and text of each."""
    rows = list(named)
    trouble = [
        place
        for place, text in rows
        if any(find(text, term) or parts(text, term) for term in terms)
    ]
    return _check("beside", trouble, ", ".join(place for place, _ in rows))


def check_elsewhere(
    sentences: Iterable[str],
    others: Iterable[tuple[str, str]],
    terms: Sequence[Term],
    *,
    is_decided: bool = False,
) -> Check:
    """No other document shows the sentence around a box in full: name and text of each."""
    wanted = {form for sentence in sentences if (form := _known_again(sentence, terms))}
    trouble: list[str] = []
    rows = 0
    for name, text in others:
        rows += 1
        flat = letters(text)
        if any(form in flat for form in wanted):
            trouble.append(name)
    if is_decided and trouble:
        return Check("elsewhere", True, f"décidé : {', '.join(trouble[:5])}")
    return _check("elsewhere", trouble, f"{rows} autres textes")


def _known_again(sentence: str, terms: Sequence[Term]) -> str:
    """Return hidden words with the letters around them, enough to be no chance."""
    for term in terms:
        for start, end in find(sentence, term):
            before, after = letters(sentence[:start])[-AROUND:], letters(sentence[end:])[:AROUND]
            if len(before) + len(after) >= AROUND // 2:
                return before + letters(sentence[start:end]) + after
    whole = letters(sentence)
    return whole if not any(find(sentence, term) for term in terms) and len(whole) > AROUND else ""


def check_others(others: Iterable[tuple[str, str]], terms: Sequence[Term]) -> Check:
    """No other document of the same batch holds a word: name and text of each."""
    rows = list(others)
    trouble = [name for name, text in rows if any(find(text, term) for term in terms)]
    return _check("elsewhere", trouble, f"{len(rows)} autres documents")


def _check(name: str, trouble: Sequence[str], note: str = "") -> Check:
    if not trouble:
        return Check(name, True, note)
    told = "; ".join(dict.fromkeys(trouble[:10]))
    return Check(name, False, told + (f" (+ {len(trouble) - 10})" if len(trouble) > 10 else ""))
