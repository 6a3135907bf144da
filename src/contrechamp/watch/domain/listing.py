"""Read a page that lists files: cards, pagers, menus sent as a form, links to downloads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree, html

from .listed import Listed, dated
from .sites import Site

MOST_BYTES = 20 << 20
CHALLENGES = re.compile(
    r"(?i)captcha|cf-chl|challenge-platform|just a moment|enable javascript|"
    r"activer javascript|javascript est d[ée]sactiv[ée]|javascript is required"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A page to ask for: with `data`, by sending a form."""

    url: str
    data: tuple[tuple[str, str], ...] = ()
    method: str = "get"
    year: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What was read of one page."""

    items: tuple[Listed, ...] = ()
    steps: tuple[Step, ...] = ()
    """Pages one level deeper, and forms."""
    more: tuple[Step, ...] = ()
    """Pages of the same list: no deeper."""
    needs_scripts: bool = False


@dataclass(slots=True)
class _Reading:
    items: dict[str, Listed] = field(default_factory=dict)
    steps: dict[Step, None] = field(default_factory=dict)
    more: dict[Step, None] = field(default_factory=dict)


def read_page(content: bytes, url: str, site: Site, year: int = 0) -> Page:
    """Return files, and pages to go on with, that a page of HTML links to.

    `url` is where the page was, `year` the year of the page that led here (0: unknown).
    """
    try:
        parser = html.HTMLParser(no_network=True, encoding=_encoding(content))
        tree = html.document_fromstring(content[:MOST_BYTES], parser=parser)
    except (etree.ParserError, ValueError):
        return Page()
    reading = _Reading()
    for link in tree.cssselect(site.files):
        _add_link(reading, link, url, site, year, is_file=True)
    for link in tree.cssselect(site.pages):
        _add_link(reading, link, url, site, year, is_file=False)
    for link in tree.cssselect(site.pager):
        if target := _target(link, url):
            reading.more[Step(url=target, year=year)] = None
    for menu in tree.cssselect(site.menus):
        for step in _options(menu, url, site):
            reading.steps[step] = None
    nothing = not (reading.items or reading.steps or reading.more)
    return Page(
        items=tuple(reading.items.values()),
        steps=tuple(reading.steps),
        more=tuple(reading.more),
        needs_scripts=nothing and _is_closed(tree, content),
    )


def _encoding(content: bytes) -> str:
    """Return UTF-8 where that can be, whatever the page says of itself."""
    try:
        content[:MOST_BYTES].decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _is_closed(tree: Any, content: bytes) -> bool:
    """Answer whether a page shows nothing without scripts, or asks for a proof of humanity."""
    said = tree.text_content()
    scripts = tree.findall(".//script")
    for script in scripts:
        said = said.replace(script.text or "", "")
    few = len(" ".join(said.split())) < 400
    return few and (bool(scripts) or bool(CHALLENGES.search(content.decode("utf-8", "replace"))))


def _add_link(
    reading: _Reading, link: Any, url: str, site: Site, year: int, *, is_file: bool
) -> None:
    target, title = _target(link, url), _title(link)
    if not target or _is_skipped(site, title, target):
        return
    if re.search(site.file_pattern, target) or (is_file and link.get("download") is not None):
        reading.items.setdefault(target, dated(target, title, _detail_day(link, site)))
    elif not is_file and urlsplit(target).netloc == urlsplit(url).netloc:
        own = _year_of(title, site) or year
        if not (own and site.since_year and own < site.since_year):
            reading.steps[Step(url=target, year=own)] = None


def _target(link: Any, url: str) -> str | None:
    href = (link.get("href") or "").strip()
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
        return None
    target = urldefrag(urljoin(url, href.replace(" ", "%20"))).url
    return target if target.startswith(("http://", "https://")) else None


def _title(link: Any) -> str:
    """Return what a link says, without its line of detail."""
    said = " ".join("".join(link.xpath("text()|.//text()[not(ancestor::span)]")).split())
    said = said or " ".join(link.text_content().split())
    return re.sub(r"(?i)^t[ée]l[ée]charger\s+", "", said)[:500]


def _detail_day(link: Any, site: Site) -> date | None:
    """Return the day in the line of detail: inside the link, or in the card around it."""
    around = link
    for _ in range(5):
        lines = around.cssselect(site.detail)
        if lines:
            return _day(" ".join(line.text_content() for line in lines[:2]), site)
        around = around.getparent()
        if around is None or around.tag in ("body", "main", "ul", "ol", "table"):
            return None
    return None


def _day(text: str, site: Site) -> date | None:
    if found := re.search(site.date, text):
        day, month, year = (int(each) for each in found.groups())
        try:
            return date(year, month, day)
        except ValueError:
            return None
    return None


def _year_of(title: str, site: Site) -> int:
    found = re.findall(site.year, title)
    years = [int(each) for each in found if isinstance(each, str) and each.isdecimal()]
    return max(years, default=0)


def _is_skipped(site: Site, title: str, target: str) -> bool:
    return any(re.search(each, title) or re.search(each, target) for each in site.skip)


def _options(menu: Any, url: str, site: Site) -> Iterator[Step]:
    """Yield one page per option of a menu, sent with the other fields of its form."""
    name = menu.get("name") or menu.get("id")
    form = next(menu.iterancestors("form"), None)
    if not name:
        return
    method = ((form.get("method") if form is not None else None) or "get").lower()
    if form is None:
        method = "post"  # The template's own script sends the menu's value so.
    action = urljoin(url, (form.get("action") or url) if form is not None else url)
    hidden = form.cssselect("input[type=hidden][name]") if form is not None else []
    fixed = [(each.get("name"), each.get("value") or "") for each in hidden]
    if urlsplit(action).netloc != urlsplit(url).netloc:
        return
    for option in menu.iter("option"):
        value, title = option.get("value"), option.get("title") or option.text_content()
        year = _year_of(title, site)
        if not value or _is_skipped(site, title, value):
            continue
        if year and site.since_year and year < site.since_year:
            continue
        yield Step(url=action, data=(*fixed, (name, value)), method=method, year=year)
