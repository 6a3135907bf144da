"""The parts of a prefect's order: heading, recitals, articles, signature, and what each tells.

"Vu …, Considérant …, ARRÊTE, Article 1er …, Fait à …, le …". Offsets are those of the act's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from .act import Act, Span
from .french_dates import read_dates
from .text import folded

NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            *("un une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
            *("onze", "douze", "treize", "quatorze", "quinze", "seize"),
        ),
        start=1,
    )
    for word in words.split()
} | {"vingt": 20, "trente": 30}
NUMBER = r"(?:[0-9]{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"

_ARTICLE = re.compile(
    r"^[^\S\n]*art(?:icle|\.)\s{0,3}(?P<number>premier|unique|[0-9]{1,2}|[il](?![a-z]))"
    r"(?:\s{0,3}(?:er|°|\*|º|eme|e)(?![a-z]))?(?=[\s.:,)-])",
    re.MULTILINE,
)
_GLUED_ARTICLE = re.compile(
    r"(?<=[.;:])\s{0,3}article\s{0,3}(?P<number>premier|unique|[0-9]{1,2})"
    r"(?:\s{0,3}(?:er|°|\*|eme|e)(?![a-z]))?\s{0,4}[:.-]"
)
_DECIDES = re.compile(
    r"^[^\S\n]*(?:\S+\s){0,2}?(?:a\s?r\s?r\s?e\s?t\s?e(?:nt)?|decide(?:nt)?)\s*:?\s*$", re.M
)
_RECITAL = re.compile(r"^[^\S\n]*(?:vus?\b|considerant|attendu)", re.M)
_CARRIED_OUT = re.compile(
    r"charge(?:e|s|es)?,?\s[^.]{0,120}?execution|sera\s+notifie|recueil\s+des\s+actes"
)
_AFTERWARDS = re.compile(
    r"\btribunal\s+administratif|\bcharge(?:e|s|es)?,?\s[^.]{0,160}?\bexecution\b"
)
_ORDER = re.compile(
    r"\b(?:arretes?|ap|decision)(?:\s+(?:inter\s?-?\s?)?prefectoral(?:e|aux)?)?(?:\s+(?:cab|conjoint|modificatif))?"
    r"(?:\s*(?:n\s?[°ºo]|numero|n\.)\s*:?\s*(?P<marked>[a-z0-9][a-z0-9/_.-]{2,40}"
    r"(?:(?<=[/_-])\s[0-9]{1,6}|\s?-\s?[0-9]{2,6})?)"
    r"|\s+(?P<bare>20[0-9]{2}[-/_][a-z0-9/_.-]{2,40}))"
)
_CODE = re.compile(r"code\s+de\s+la\s+securite\s+interieure|\bcsi\b")
_PAGE_NUMBER = re.compile(r"(?:[^\n]*\n){0,5}?[^\n]*[0-9]{1,4}[^\S\n]*(?=\n|\Z)")
_DELEGATION = re.compile(
    r"(?:sub)?delegations?\s+(?:\w+\s+){0,3}?(?:de|du|en\s+matiere\s+de)?\s*(?:signature|competence|pouvoir)"
)


def loose(word: str) -> str:
    """Return a pattern for a word into which a scan may have put blanks: "simul tanément"."""
    return r"\s?".join(re.escape(letter) for letter in word)


_COURT = re.compile(
    rf"{loose('tribunal')}\s+{loose('administratif')}\s+(?P<of>de\s+|d'\s?|du\s+)"
    r"(?P<town>(?:(?:la|le|les)\s+)?[a-z][a-z'-]+)"
)


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its number as printed, where it begins and ends."""

    number: str
    start: int
    end: int


@dataclass(frozen=True)
class Order:
    """An act seen as an order; all text folded, the bulletin's footers blanked out."""

    act: Act

    @cached_property
    def text(self) -> str:
        """The folded text, footers replaced by as many spaces."""
        return _without_footers(self.act)

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """The articles of the operative part, in order."""
        return tuple(_articles(self.text))

    @cached_property
    def start(self) -> int:
        """Where the operative part begins: the end of the text when there is none."""
        if self.articles:
            return self.articles[0].start
        decides = list(_DECIDES.finditer(self.text))
        return decides[-1].end() if decides else len(self.text)

    @cached_property
    def end(self) -> int:
        """Where the operative part ends: before place and date of the signature."""
        if self.signature:
            return max(self.start, self.signature[0])
        return self.articles[-1].end if self.articles else len(self.text)

    @cached_property
    def told(self) -> int:
        """Where the articles end that say what, where and when: appeal and execution follow."""
        for article in self.articles[1:]:
            if _AFTERWARDS.search(self.text, article.start, min(article.end, self.end)):
                return min(article.start, self.end)
        return self.end

    @property
    def operative(self) -> str:
        """What is decided."""
        return self.text[self.start : self.end]

    @cached_property
    def recitals(self) -> tuple[int, int]:
        """Where "Vu" and "Considérant" are; an empty stretch when the first page is lost."""
        found = _RECITAL.search(self.text, 0, self.start)
        return (found.start(), self.start) if found else (self.start, self.start)

    @cached_property
    def heading(self) -> str:
        """What stands before the recitals, the bulletin's title of the act too."""
        return self.text[: min(self.recitals[0], self.start, 3000)]

    @cached_property
    def name(self) -> str:
        """The title of the act and its heading, folded, on one line."""
        title = folded(f"{self.act.title or ''} {self.act.heading or ''}")
        return re.sub(r"\s+", " ", f"{title} {self.heading}")

    @property
    def is_delegation(self) -> bool:
        """Answer whether it only says who may sign or decide for whom."""
        return _DELEGATION.search(self.name[:900]) is not None

    @property
    def lost_first_page(self) -> bool:
        """Answer whether the articles are there but neither a "Vu" nor the heading are."""
        return bool(self.articles) and not re.search(
            r"^[^\S\n]*vus?\b", self.text[: self.start], re.M
        )

    @cached_property
    def signature(self) -> tuple[int, date | None, Span | None] | None:
        """Where the signature begins, and the day of it where one is printed."""
        if not self.articles:
            return None
        begin = self.articles[-1].start
        carried = [m.end() for m in _CARRIED_OUT.finditer(self.text, begin)]
        for at in (*carried[:1], begin):
            found = _signed(self.text, at)
            if found:
                return found
        return None

    @property
    def signed(self) -> tuple[date, Span] | None:
        """The day of signature: under the articles, else in the heading."""
        if self.signature and self.signature[1] and self.signature[2]:
            return self.signature[1], self.signature[2]
        heading = self.heading
        named = re.search(r"\barrete[^\n]{0,60}?\b(?:du|en\s+date\s+du)\s+(?=[0-9])", heading)
        if named:
            dates = read_dates(heading[named.end() : named.end() + 30])
            if dates:
                first, at = dates[0], named.end()
                return first.day, Span(at + first.start, at + first.end, 0.9)
        return None

    @cached_property
    def order(self) -> tuple[str, Span] | None:
        """The order's own number, `2025-BSP-OP-16`, from the heading."""
        for found in _ORDER.finditer(self.text, 0, min(self.recitals[0], self.start)):
            group = "marked" if found["marked"] else "bare"
            start, end = found.span(group)
            printed = self.act.pages.text[start:end].rstrip(".-/_")
            if not re.search(r"[0-9]", printed) or printed == self.act.number:
                continue
            return re.sub(r"\s", "", printed), Span(start, start + len(printed), 0.99)
        return None

    @property
    def court(self) -> tuple[str, Span] | None:
        """The court as the act names it, `Tribunal administratif de Toulon`."""
        found = _COURT.search(self.text, self.start) or _COURT.search(self.text)
        if not found:
            return None
        town = " ".join(self.act.pages.text[slice(*found.span("town"))].split())
        town = town.title() if town.isupper() else town
        of = "d'" if found["of"].startswith("d'") else f"{found['of'].strip()} "
        return f"Tribunal administratif {of}{town}", Span(found.start(), found.end(), 0.98)

    def legal_basis(self, pattern: str, code: str = "CSI") -> tuple[tuple[str, ...], Span | None]:
        """Return the articles of the code of internal security whose numbers fit a pattern.

        `pattern` is of the number after the letter, such as `242-[0-9]+`. An article counts only
        where that code is named in the act. A range "L. 242-1 à L. 242-8" gives its two ends.
        """
        if not _CODE.search(self.text):
            return (), None
        found = list(
            re.finditer(rf"\b([lr])\s?\.?\s{{0,2}}({pattern})(?![0-9])", self.text[: self.end])
        )
        names = tuple(
            dict.fromkeys(f"{code} {m[1].upper()}{re.sub(r'[^0-9-]', '', m[2])}" for m in found)
        )
        return names, Span(found[0].start(), found[0].end(), 0.97) if found else None

    def order_year_differs(self) -> bool:
        """Answer whether the year within the order's number is not that of its signature."""
        signed, own = self.signed, self.order
        if not signed or not own:
            return False
        year = re.search(r"(?<![0-9])(20[0-9]{2})(?![0-9])", own[0])
        return year is not None and int(year[1]) != signed[0].year


def number(text: str) -> int | None:
    """Return the number that a word or digits stand for, "deux" or "2"; None for other words."""
    text = text.strip()
    return int(text) if text.isdigit() else NUMBERS.get(text)


def _articles(text: str) -> Iterator[Article]:
    """Yield the articles from the last "Article 1" that opens an operative part on."""
    marks = sorted(
        {
            found.start("number"): found
            for pattern in (_ARTICLE, _GLUED_ARTICLE)
            for found in pattern.finditer(text)
        }.values(),
        key=lambda found: found.start(),
    )
    firsts = [
        index
        for index, found in enumerate(marks)
        if found["number"] in ("premier", "1", "unique", "i", "l")
    ]
    if not firsts:
        return
    # An order cites articles of others at the beginning of a line, rarely; its own first article
    # is the first one that follows the word "arrête", or the first of all.
    decides = [found.end() for found in _DECIDES.finditer(text)]
    begin = next(
        (index for index in firsts if any(0 <= marks[index].start() - at < 400 for at in decides)),
        firsts[0],
    )
    own = marks[begin:]
    for index, found in enumerate(own):
        end = own[index + 1].start() if index + 1 < len(own) else len(text)
        yield Article(found["number"], found.start(), end)


def _signed(text: str, at: int) -> tuple[int, date | None, Span | None] | None:
    """Find "Toulon, le 24 janvier 2025" after the last article; the day may be missing."""
    stretch = text[at : at + 900]
    for dated in read_dates(stretch):
        before = stretch[max(0, dated.start - 60) : dated.start]
        found = re.search(
            r"(?:^|[\n.])[^\S\n]*((?:fait\s+)?(?:a\s+)?[a-z' -]{2,40}?,?\s{0,40}(?:\ble|,)\s*)$",
            before,
        ) or re.search(r"(fait\s+(?:a\s+)?[a-z' -]{2,40}?,?\s{0,40}(?:le)?\s*)$", before)
        if found:
            start = at + dated.start - (len(before) - found.start(1))
            return start, dated.day, Span(at + dated.start, at + dated.end, 0.98)
    blank = re.search(r"\n[^\S\n]*fait\s+a\s+[a-z' -]{2,40},?\s{0,10}(?:le)?\s", stretch)
    return (at + blank.start() + 1, None, None) if blank else None


def _without_footers(act: Act) -> str:
    """Return the folded text with the footers `<service> - <number> - <title> <page>` blanked."""
    text = act.pages.folded
    if not act.number:
        return text
    mark = f" - {folded(act.number)} - "
    places = list(_every(text, mark))
    if not places:
        return text
    lines = [text[text.rfind("\n", 0, at) + 1 : at] for at in places]
    service = min(lines, key=len)
    while service and not all(line.endswith(service) for line in lines):
        service = service[1:]
    parts, last = [], 0
    ends = [*act.pages.starts[1:], len(text) + 1]
    for at in places:
        start = at - len(service)
        end = next(end for end in ends if end > at) - 1
        if start < last:
            continue
        end = _footer_end(text, at + len(mark), end)
        parts.append(text[last:start])
        parts.append(re.sub(r"[^\n]", " ", text[start:end]))
        last = end
    return "".join([*parts, text[last:]])


def _footer_end(text: str, at: int, limit: int) -> int:
    """Return where a footer ends: with its page, or with a number at the end of a line."""
    rest = text[at:limit].rstrip()
    if len(rest) <= 400 and rest[-1:].isdigit() and not _ARTICLE.search(rest):
        return limit
    found = _PAGE_NUMBER.match(text, at, limit)
    return found.end() if found else at + 400


def _every(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))
