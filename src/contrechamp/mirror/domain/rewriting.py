"""A page of the site made a page of a copy: its links lead to files, and nothing asks a server."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import unquote

from .addresses import lead, questions, read_link

TWIN = "twin:"
"""Before the address of a page: the same page in the other language."""
LINK = re.compile(r'(\s)(href|src|action|srcset|poster|data-[a-z-]+)="([^"]*)"')
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
SCRIPT = re.compile(r'<script\b[^>]*\bsrc="([^"]*)"[^>]*></script>\s*')
ACTION = re.compile(r'\baction="([^"]*)"')
FIELD = re.compile(r'\bname="([^"]*)"')
ID = re.compile(r'\sid="([^"]*)"')
WORKING = ("site", "chronicle", "documents", "mirror")
"""Scripts that work without a server; of the others a page is complete without them."""
SEARCH, ABOUT = "/recherche", "/copie"
SEARCHES = {SEARCH, "/communes"}
"""Forms of one field that the search of the copy answers."""
STATIC = "/static/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page stands, and what is needed to rewrite it."""

    address: str
    file: str
    language: str
    host: str
    """Scheme and name under which the pages were made."""
    live: str
    """The address of the site itself, or empty."""
    files: Mapping[tuple[str, str], str]
    """The file of each address, by language and address."""
    words: Mapping[str, str]
    """`live`, `form`: what is said where something works on the site alone."""

    def find(self, address: str, language: str = "") -> str | None:
        """Return the file of an address, in this language if there is one."""
        return self.files.get((language or self.language, address)) or self.files.get(
            ("fr", address)
        )


def links(html: str, page: str, host: str) -> Iterator[str]:
    """Yield the addresses of the site that a page of it leads to, static files included."""
    for _, name, value in LINK.findall(html):
        if name.startswith("data-") and not value.startswith("/"):
            continue
        for one in _targets(name, value):
            if found := read_link(unescape(one).removeprefix(TWIN), page, host):
                yield found[0]


def _targets(name: str, value: str) -> list[str]:
    if name == "srcset":
        return [part.strip().partition(" ")[0] for part in value.split(",")]
    return [value] if value else []


def rewrite(html: str, place: Place) -> str:
    """Return a page as it is in the copy."""
    html = SCRIPT.sub(lambda found: found[0] if _works(found[1]) else "", html)
    parts = set(ID.findall(html))
    html = FORM.sub(lambda found: _form(found, place), html)
    lost = frozenset(parts.difference(ID.findall(html)))
    html = LINK.sub(lambda found: _link(found, place, lost), html)
    return html if place.live else html.replace(place.host, "")


def _works(address: str) -> bool:
    name = address.rpartition("/")[2].partition(".")[0]
    return name in WORKING


def _form(found: re.Match[str], place: Place) -> str:
    """Keep a form that searches the whole site; of another say where it works."""
    action = ACTION.search(found[1])
    where = read_link(unescape(action[1]) if action else "", place.address, place.host)
    if where and where[0] in SEARCHES and set(FIELD.findall(found[2])) == {"q"}:
        return ACTION.sub(f'action="{SEARCH}"', found[0], count=1)
    address = where[0] if where and 'method="post"' not in found[1] else place.address
    words = escape(place.words["form"])
    return f'<p class="notice copy-only"><a href="{escape(address)}" data-live>{words}</a></p>'


def _link(found: re.Match[str], place: Place, lost: Set[str]) -> str:
    space, name, value = found.groups()
    if name.startswith("data-") and not value.startswith("/"):
        return found[0]
    if name == "srcset":
        parts = (part.strip().partition(" ") for part in value.split(","))
        said = [(_led(one, place, name, lost)[0], size) for one, _, size in parts]
        return f'{space}srcset="{", ".join(f"{one} {size}".strip() for one, size in said if one)}"'
    led, is_live = _led(value, place, name, lost)
    if not led:
        return ""
    return f'{space}{name}="{led}"' + (' data-live=""' if is_live and name == "href" else "")


def _led(value: str, place: Place, name: str, lost: Set[str]) -> tuple[str, bool]:
    """Return what a link becomes, and whether it leads out of the copy.

    `lost` are the parts of this page that went with a form: they are on the site alone.
    """
    plain = unescape(value)
    language = ""
    if plain.startswith(TWIN):
        plain, language = plain.removeprefix(TWIN), "en" if place.language == "fr" else "fr"
    is_lost = plain.startswith("#") and unquote(plain[1:]) in lost
    found = read_link(place.address + plain if is_lost else plain, place.address, place.host)
    if found is None:
        return value, False
    address, fragment = found
    path, _, query = address.partition("?")
    if path == SEARCH and query and set(questions(address)) == {"q"} and place.find(SEARCH):
        return escape(f"{lead(place.file, place.find(SEARCH, language) or '')}?{query}"), False
    if address == place.address and not language:
        target: str | None = None if is_lost else place.file
    elif address.startswith(STATIC):
        target = address.lstrip("/")
    else:
        target = place.find(address, language)
    if target:
        is_here = target == place.file and fragment and not language
        return escape(f"#{fragment}" if is_here else lead(place.file, target, fragment)), False
    if name.startswith("data-"):
        return "", False  # What a script would ask of a server.
    if place.live:
        return escape(f"{place.live}{address}" + (f"#{fragment}" if fragment else "")), True
    return escape(lead(place.file, place.find(ABOUT) or "copie.html", "vivant")), True
