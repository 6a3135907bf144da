"""One address of every kind of page, found as a visitor finds it: by following links."""

from __future__ import annotations

from collections import deque
from html import unescape
from re import findall
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import Request, urlopen

from django.urls import Resolver404, resolve

from tests.access.rows import OK
from tests.access.test_matrix import ROWS

MOST = 900
"""The most pages that are asked for."""
STARTS = (
    *("/", "/commune/06088-nice", "/departement/06-alpes-maritimes", "/recherche?q=Nice"),
    *("/region/93-provence-alpes-cote-d-azur", "/documents/", "/projets", "/acteurs", "/communes"),
    *("/technologies", "/contrats", "/graphe", "/carte", "/a-propos", "/methode/", "/connexion/"),
    *("/actes/0000000000000001", "/actes/statistiques", "/actes?departement=83"),
    *("/cameras", "/dossier?chercher=Nice"),
    *("/demandes", "/annuaire", "/avis-cada", "/delais", "/droit", "/actions"),
    *("/style", "/depuis/2020-01-01/jusqu/2024-12-31"),
)
OF_EACH = 2
"""Addresses of one kind that are followed, so that none hides the others."""


def for_visitors() -> set[str]:
    """Return the name of every address that a visitor may open, by the rows of access."""
    return {row.name for row in ROWS if row.method == "GET" and row.cells[0] == OK}


def every_kind(site: str) -> tuple[dict[str, str], set[str]]:
    """Return an address of each kind of page by its name, and the names of what is no page."""
    waiting, seen = deque(STARTS), set(STARTS)
    counts: dict[str, int] = {}
    found: dict[str, str] = {}
    others: set[str] = set()
    asked = 0
    while waiting and asked < MOST:
        address = waiting.popleft()
        name = _name(address)
        if not name or counts.get(name, 0) >= OF_EACH:
            continue
        counts[name] = counts.get(name, 0) + 1
        asked += 1
        body = _page(site + address)
        if body is None:
            others.add(name)
            continue
        found.setdefault(name, address)
        for link in findall(r'href="([^"#]+)', body):
            to = urlsplit(urljoin(site + address, unescape(link)))
            path = to.path + (f"?{to.query}" if to.query else "")
            if f"{to.scheme}://{to.netloc}" == site and path not in seen:
                seen.add(path)
                waiting.append(path)
    return found, others - found.keys()


def _name(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def _page(address: str) -> str | None:
    """Return a page as text; None when it is none, or is not there."""
    asked = Request(address, headers={"Accept-Language": "fr"})  # noqa: S310  of this machine
    try:
        with urlopen(asked, timeout=30) as answer:  # noqa: S310
            if answer.headers.get_content_type() != "text/html":
                return None
            return str(answer.read().decode())
    except HTTPError:
        return None
