"""From the text of a bulletin to its pages, and from its pages to its acts.

The State's tool for bulletins ends each page with a footer: service, number of the act, title of
the act, number of the page. The title may run over several lines, and the page's number may stick
to the last word or year before it ("22 novembre 202488" is the year 2024, page 88): therefore the
*expected* next number is looked for at the end of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from .act import Act
from .french_dates import MONTHS
from .text import Page, Pages, folded

NUMBER = re.compile(r"\b(\d{2,3}|2[AB])-(20\d\d)-(\d\d)-(\d\d)-(\d{5})\b")
"""The number of an act in a bulletin: département, day of filing, rank."""
_OF_PAGES = re.compile(r"\n\s*(?:page\s*)?\d{1,3}\s*(?:/|sur)\s*\d{1,3}\s*$", re.IGNORECASE)
LONGEST_FOOTER = 1200
LONGEST_SERVICE = 160
_ENTRY_END = re.compile(r"\(\s*\d+\s+pages?\s*\)\s*page\s*(\d+)", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"publie\s+le\s*:?\s*(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)?\s*"
    r"(?:(?P<d>\d{1,2})(?:er)?\s+(?P<m>[a-z]{3,9})\s+(?P<y>20\d\d)"
    r"|(?P<d2>\d{1,2})[/.](?P<m2>\d{1,2})[/.](?P<y2>20\d\d))"
)
_GLYPH = re.compile(r"(?:/\d{1,3}|[\u25a1\ufffd])(?!\S)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One physical page: its body without the footer, and the act that its footer names."""

    number: int
    body: str
    act: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    page: int
    act: str
    title: str


def is_unreadable(text: str) -> bool:
    """Answer whether a page comes from fonts without a map of characters ("/0 /1 /2 □")."""
    parts = text.split()
    return len(parts) >= 20 and len(_GLYPH.findall(text)) > 0.2 * len(parts)


def sheets_of_text(text: str) -> list[Sheet]:
    """Cut the text of a bulletin into its pages by form feeds, or by footers.

    A text that has neither is one page.
    """
    if "\f" in text:
        return sheets_of_pages(text.removesuffix("\f").split("\f"))
    footers = list(_footers(text))
    if not footers:
        return [Sheet(1, text)]
    at = _start_of_page(text, footers[0])
    sheets = _front(text[:at], footers[0].page)
    for footer in footers:
        for missing in range(sheets[-1].number + 1 if sheets else 1, footer.page):
            sheets.append(Sheet(missing, ""))
        body = text[at : footer.start].lstrip("\n")
        sheets.append(Sheet(footer.page, _without_count(body), footer.act, footer.title))
        at = footer.end
    if rest := text[at:].strip():
        sheets.append(Sheet(sheets[-1].number + 1, rest))
    return sheets


def sheets_of_pages(texts: Sequence[str]) -> list[Sheet]:
    """Name the act of each page of a file that has pages of its own."""
    return [_sheet(number, text) for number, text in enumerate(texts, start=1)]


def _sheet(number: int, text: str) -> Sheet:
    last = None
    for last in _candidates(text):  # noqa: B007  The last one of the page is its footer.
        pass
    if last is None:
        return Sheet(number, text)
    start = _start_of_footer(text, last)
    body, tail = _without_count(text[:start]), text[last.end() + 3 :]
    title = re.sub(rf"\s*{number}\s*$", "", tail.strip())
    if not body.strip() and len(tail) > LONGEST_FOOTER:  # It is printed at the top of the page.
        return Sheet(number, tail, last[0])
    return Sheet(number, body, last[0], _one_line(title))


def acts_of(sheets: Sequence[Sheet]) -> list[Act]:
    """Group pages by the act that their footers name, in order.

    A document without any footer is one act without a number. Pages before the first footer are
    the cover and the contents; a page without one, in the middle, belongs to the act before it.
    """
    if not any(sheet.act for sheet in sheets):
        pages = Pages(tuple(Page(sheet.number, sheet.body) for sheet in sheets))
        number = _number_of_cover(sheets[0].body) if sheets else None
        return [Act(pages=pages, number=number, title=None)]
    named: list[tuple[str | None, Sheet]] = []
    current: str | None = None
    for sheet in sheets:
        current = sheet.act or current
        named.append((current, sheet))
    acts = []
    for number, group in groupby(named, key=lambda pair: pair[0]):
        if number is None:
            continue
        rows = [sheet for _, sheet in group]
        title = next((sheet.title for sheet in rows if sheet.title), None)
        pages = Pages(tuple(Page(sheet.number, sheet.body) for sheet in rows))
        acts.append(Act(pages=pages, number=number, title=title))
    return acts


def published_on(text: str) -> date | None:
    """Return the day that the cover prints: "PUBLIÉ LE 11 FÉVRIER 2025"."""
    match = _PUBLISHED.search(folded(text[:6000]))
    if not match:
        return None
    if match["y2"]:
        return _day(match["y2"], match["m2"], match["d2"])
    month = MONTHS.get(match["m"])
    return _day(match["y"], str(month), match["d"]) if month else None


def departement_of(sheets: Sequence[Sheet]) -> str | None:
    """Return the département that most numbers of acts begin with."""
    counts: dict[str, int] = {}
    for sheet in sheets:
        if sheet.act:
            counts[sheet.act.partition("-")[0]] = counts.get(sheet.act.partition("-")[0], 0) + 1
    if not counts and sheets:
        for match in NUMBER.finditer(sheets[0].body):
            counts[match[1]] = counts.get(match[1], 0) + 1
    code = max(counts, key=lambda key: (counts[key], key), default=None)
    return code.zfill(2) if code else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def contents(text: str) -> dict[str, int]:
    """Return the page at which the table of contents lets each act begin."""
    found: dict[str, int] = {}
    numbers = list(NUMBER.finditer(text))
    for index, match in enumerate(numbers):
        if text[match.end() : match.end() + 3] != " - ":
            continue
        limit = numbers[index + 1].start() if index + 1 < len(numbers) else match.end() + 1500
        if entry := _ENTRY_END.search(text, match.end(), limit):
            found.setdefault(match[0], int(entry[1]))
    return found


def _candidates(text: str) -> Iterator[re.Match[str]]:
    """Yield numbers of acts that stand in the middle of a footer: " - <number> - "."""
    for match in NUMBER.finditer(text):
        start, end = match.span()
        is_cut = text[end : end + 2] == " -" and text[end + 2 : end + 3].isspace()
        if text[start - 3 : start] == " - " and is_cut:
            yield match


def _footers(text: str) -> Iterator[_Found]:
    """Yield the footers whose page number is the one that is expected next."""
    begins = contents(text)
    expected: int | None = None
    at = 0
    candidates = list(_candidates(text))
    for index, match in enumerate(candidates):
        if match.start() < at:
            continue
        after = candidates[index + 1].start() if index + 1 < len(candidates) else len(text)
        wanted = list(range(expected, expected + 3)) if expected is not None else []
        if (
            match[0] in begins
            and begins[match[0]] not in wanted
            and (expected is None or begins[match[0]] > expected)
        ):
            wanted.append(begins[match[0]])
        end = _page_end(text, match.end() + 3, after, wanted)
        if end is None:
            continue
        stop, page, title_end = end
        title = _one_line(text[match.end() + 3 : title_end])
        yield _Found(_start_of_footer(text, match), stop, page, match[0], title or "")
        expected, at = page + 1, stop


def _page_end(
    text: str, start: int, limit: int, wanted: Sequence[int]
) -> tuple[int, int, int] | None:
    """Return where the footer ends, its page and where its title ends; None when it is none.

    The number of the page is at the end of a line, before the next footer.
    """
    limit = min(limit, start + LONGEST_FOOTER)
    ends = [match.start() for match in re.finditer("\n", text[start:limit])]
    if limit == len(text):
        ends.append(limit - start)
    lines = [(end, text[start : start + end].rstrip()) for end in ends]
    for page in wanted or _guessed(lines):
        shown = str(page)
        for end, line in lines:
            if line.endswith(shown) and not line.endswith("/" + shown):
                return start + end, page, start + len(line) - len(shown)
    return None


def _guessed(lines: Sequence[tuple[int, str]]) -> list[int]:
    """Return the page of the first footer where nothing says which is expected: a small number."""
    for _, line in lines:
        if (match := re.search(r"(\d{1,3})$", line)) and int(match[1]) < 60:
            return [int(match[1])]
    return []


def _start_of_footer(text: str, match: re.Match[str]) -> int:
    """Return where the footer of this number begins: at the name of its service."""
    line = max(text.rfind("\n", 0, match.start()) + 1, match.start() - LONGEST_SERVICE)
    before = text[line : match.start() - 3]
    return line + len(before) - len(_service(before))


def _service(text: str) -> str:
    """Return the service of a footer that is glued to the end of the text before it."""
    known = re.search(
        r"(?:Pr[ée]fecture|Sous-pr[ée]fecture|Direction|DDT|DDTM|DDETS|DDPP|DREAL|Agence|Centre|Maison|Groupement|Service|Cabinet|Secr[ée]tariat|Rectorat|SDIS|DIR|DRFIP|DDFIP|DGFIP|ARS)\b.*$",
        text,
        re.IGNORECASE,
    )
    if (
        known
        and known.start()
        and text[known.start() - 1 : known.start()].isspace()
        and (len(known[0]) < 12)
    ):
        return text
    return known[0] if known else text


def _start_of_page(text: str, footer: _Found) -> int:
    """Return where the page of the first footer begins: at the cover line of its act."""
    cover = text.rfind(f"\n{footer.act}\n", 0, footer.start)
    if cover < 0:
        return 0
    before = text.rfind("\n", 0, cover)
    two = text.rfind("\n", 0, before) if before > 0 else -1
    line = text[two + 1 : before] if before > 0 else ""
    return two + 1 if line and not line.strip().isdecimal() and before - two < 120 else before + 1


def _front(text: str, first: int) -> list[Sheet]:
    """Cut the cover and the contents at the numbers of their pages, as far as they are printed."""
    sheets: list[Sheet] = []
    at = 0
    contents = re.search(r"^\s*sommaire\s*$", folded(text), re.MULTILINE)
    if contents and first > 2:
        sheets.append(Sheet(1, text[: contents.start()]))
        at = contents.start()
    for number in range(len(sheets) + 1, first):
        end = re.compile(rf"^\s*{number}\s*$", re.MULTILINE).search(text, at)
        stop = end.end() if end and number < first - 1 else len(text)
        sheets.append(Sheet(number, text[at:stop]))
        at = stop
    return sheets


def _number_of_cover(text: str) -> str | None:
    numbers = {match[0] for match in NUMBER.finditer(text[:3000])}
    return numbers.pop() if len(numbers) == 1 else None


def _without_count(body: str) -> str:
    """Take off "1/3" at the end of a page, so that a sentence goes on over the page's end."""
    return _OF_PAGES.sub("", body)


def _one_line(title: str | None) -> str | None:
    return " ".join(title.split()) or None if title else None
