"""Everything that a visitor can get, page by page, as bytes that can be compared."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from html import unescape
from typing import TypeAlias
from urllib.parse import urldefrag, urljoin, urlsplit

from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse

from tests.people import Answer, Person

LINKS = re.compile(r"""(?:href|src|action)\s*=\s*["']([^"']+)["']|"url":\s*"([^"]+)\"""")
TOKEN = re.compile(
    rb'name="(?:csrfmiddlewaretoken|token|start|state|mark)" value="[^"]+"'
    rb'| data-options="[^"]*"'
    rb'|<textarea class="phrase"[^>]*>[^<]+'
)
"""What is drawn anew for each form: tokens, the time at which it was shown, a passphrase."""
WAITING = re.compile(rb'<p class="meta forum-wait">\d+ .*?;')
"""How many posts wait for moderators: told to all on purpose, though nobody sees which."""
VARIES = {"Date", "Expires", "Set-Cookie"}
MOST = 1_600
NOT_FOLLOWED = re.compile(r"^/(static|deconnexion|source\.zip|connexion/\?)")
TERRITORY = re.compile(r"^/(?:commune|intercommunalite|departement|region)/([^/.?]+)")
"""Maps link to every territory of France: those of the observatory are looked at."""
HERE = ("06088-", "06-", "93-", "200030195-")
SEARCH = re.compile(r"^/recherche[.a-z]*\?(?!q=Nice(&[^&]+)?$)")
"""A search links to itself narrowed in every way: one is followed, one step."""
GRAPH = re.compile(r"^/graphe[^?]*\?[^&]*&")
"""A graph links to itself with every filter more: addresses with one are followed."""
MAP = re.compile(
    r"^/carte[^?]*\?(?!(?:lieu=(?:departement:06|region:93|commune:06088)|mesure=|au=|type=|statut=|technologie=|acteur=|projet=)[^&]*$)"
)
"""So does the map: one filter at a time, and of places those of the observatory."""
TIME = re.compile(
    r"^/(chronologie[.a-z]*\?(?!(couches=1&)?de=[^&]*$)|depuis/(?!2026-03-0|[^?]*\?de=prj)"
    r"|comparer[.a-z]*\?(?!a=[^&]*(&b=[^&]*)?$))"
)
"""Time leads from period to period, and anything is compared with anything: one step of each."""
WATCH = re.compile(r"^/actes[^?]*\?.*&")
"""Acts link to themselves with every filter: addresses with one are followed."""
DOSSIER = re.compile(r"^/dossier(?:[./]|\?(?![fda]=[^&]*$))")
"""A dossier links to itself in every order, and to its files: those of one thing are looked at."""

LAB = re.compile(
    r"^/labo/(?:certificat/|(?!fiches|verification|vos-donnees)[^/?]+/|[^?]+\?(?!commune=06088$))"
)
"""An experiment links to itself with every value, to its figures and its certificates, which are
made of numbers alone: its page is looked at, and with one commune."""

SAME = re.compile(
    r"^/(citer/|integrer/|oembed\?|fait/[^/?]*\.(?:csv|atom)|[^?]*\.jsonfeed|[^?]*/historique\.json)"
)
"""Other forms of what is followed in one form (page, JSON, Atom): of one reading, whose words
stand in the head of the page."""

Got: TypeAlias = tuple[int, tuple[tuple[str, str], ...], bytes]
"""A status, headers and a body."""


def without_arguments() -> list[str]:
    """Return every address of the site that has no argument."""
    found = []
    for name in _names(get_resolver()):
        try:
            found.append(reverse(name))
        except NoReverseMatch:
            continue
    return sorted(set(found))


def crawl(visitor: Person, *starts: str) -> dict[str, Got]:
    """Follow every link from the home page, the addresses without argument and the given ones."""
    visitor.browser.raise_request_exception = False  # A page that crashes is a page to compare.
    waiting = deque(["/", *without_arguments(), *starts])
    found: dict[str, Got] = {}
    while waiting:
        url = waiting.popleft()
        if url in found or (url not in starts and _is_skipped(url)):
            continue
        assert len(found) < MOST, f"more than {MOST} pages: is a link growing? {url}"
        answer = visitor.opens(url)
        found[url] = _bytes_of(answer)
        waiting.extend(_links(url, answer))
    return found


def _is_skipped(url: str) -> bool:
    place = TERRITORY.match(url)
    if place and not place[1].startswith(HERE):
        return True
    apart = (NOT_FOLLOWED, SEARCH, GRAPH, MAP, TIME, WATCH, SAME, DOSSIER, LAB)
    return any(one.match(url) for one in apart)


def _bytes_of(answer: Answer) -> Got:
    headers = {name: value for name, value in answer.headers.items() if name not in VARIES}
    content = WAITING.sub(b"", TOKEN.sub(b"", answer.content))
    if content != answer.content and "Content-Length" in headers:
        headers["Content-Length"] = str(len(content))  # Words that are drawn have many lengths.
    return answer.status, tuple(sorted(headers.items())), content


def _links(url: str, answer: Answer) -> Iterable[str]:
    if answer.location:
        yield from _ours(url, [answer.location])
    kind = answer.headers.get("Content-Type", "")
    if not kind.startswith(("text/html", "application/json", "application/atom", "image/svg")):
        return
    yield from _ours(url, ("".join(pair) for pair in LINKS.findall(answer.text)))


def _ours(url: str, links: Iterable[str]) -> Iterable[str]:
    for link in links:
        whole = urlsplit(urldefrag(urljoin(f"http://testserver{url}", unescape(link)))[0])
        if whole.netloc == "testserver" and whole.scheme == "http":
            yield f"{whole.path}?{whole.query}" if whole.query else whole.path


def _names(resolver: URLResolver, space: str = "") -> Iterable[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern, f"{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.name:
            yield f"{space}{pattern.name}"
