"""Every kind of page that a visitor may open: light, and readable by everybody."""

from __future__ import annotations

from re import findall
from time import monotonic, sleep
from urllib.request import urlopen

import pytest

from tests.journeys.conftest import STARTS_WITHIN_S, Opens
from tests.journeys.kinds import every_kind, for_visitors
from tests.journeys.test_accessibility import check

MOST_BYTES, MOST_WITH_SCRIPTS = 150_000, 400_000
API_PAGES = {"api:reference", "api:shapes"}
NOT_LINKED = {
    # Asked for by scripts or by forms.
    *("atlas:areas", "atlas:points", "graph:whole", "search:suggestions"),
    *("compare:csv", "compare:json"),
    # What the address of a letter, or a form that was sent, leads to.
    *("accounts:welcome", "accounts:recover-by-mail", "accounts:profile", "accounts:group"),
    *("accounts:group-ics", "accounts:group-atom"),
    *("accounts:invitation", "census:proposed", "watch:alert-confirm", "watch:alert-end"),
    # Results of one's own tables, for who has their address.
    *(row for row in for_visitors() if row.startswith(("web:own-kept", "web:own-delete"))),
    *("web:own-columns", "web:own-result"),
    # A private feed, and the link of a mail.
    *("accounts:stop-mail", "accounts:notices-atom", "accounts:notices-jsonfeed"),
    # Nothing in this small observatory: a place, a fact that was corrected, a collection.
    *(row for row in for_visitors() if row.startswith(("census:place-", "documents:collection"))),
    *("census:fact-history", "census:fact-history-json", "graph:place-gexf"),
    # Named in the head of a page, or asked for by who knows the address.
    *("ui:image", "documents:quote-json", "watch:week-atom", "watch:week-jsonfeed"),
    # Answers to programs: they are no pages, and have their own page.
    *(row for row in for_visitors() if row.startswith("api:") and row not in API_PAGES),
    # Nobody has published one here.
    *(row for row in for_visitors() if row.startswith("dossiers:kept")),
    *("census:fact-state-json", "web:home-atom", "web:home-jsonfeed"),
    # Nobody has published an action, a campaign or a request that is no example here.
    *(row for row in for_visitors() if row.startswith(("cases:action", "foi:campaign-"))),
    *(row for row in for_visitors() if row.startswith("foi:numbers-body")),
    *("foi:campaign", "foi:public-evidence", "foi:request-atom", "foi:request-jsonfeed"),
    *("foi:request-csv", "foi:request-json", "foi:index-atom", "foi:index-jsonfeed"),
    # Named in the head of a page.
    *("web:lab-atom", "web:lab-jsonfeed"),
    # A private calendar, and the link of a mail.
    *("foi:feed", "foi:confirm-reminders"),
    *("opinions:list-atom", "opinions:list-jsonfeed"),
    # Nobody has talked in this small observatory; what a form leads to.
    *(
        "forum:thread",
        "forum:thread-bare",
        "forum:thread-atom",
        "forum:thread-jsonfeed",
        "forum:post",
        "forum:revisions",
    ),
    *("forum:reply", "forum:edit", "forum:resume", "forum:about"),
    # A file of a post: nobody has attached one.
    *("forum:file", "forum:waiting-file", "forum:preview"),
    # A form at each post, and what follows it; nobody has posted here.
    *("forum:flag", "forum:receipt", "forum:old-name"),
    *("cases:index-atom", "cases:index-jsonfeed"),
    # The second address of a feed; feeds of a project that has no decision here.
    *("cases:windows-note-atom", "cases:project-windows-atom", "cases:project-windows-ics"),
    # Where there is a door, the way in for sources leads to it; here there is none.
    "web:alert",
}
"""What a visitor may open and no link of this small observatory leads to."""


@pytest.fixture(scope="module")
def kinds(site: str) -> dict[str, str]:
    """Return an address of every kind of page."""
    until = monotonic() + STARTS_WITHIN_S
    while b"LICENCE.txt" not in _bytes(f"{site}/donnees") and monotonic() < until:
        sleep(0.5)  # The first dump is made beside a server that has just started.
    found, others = every_kind(site)
    assert for_visitors() - found.keys() - others - NOT_LINKED == set()
    return found


def test_without_scripts_each_kind_of_page_is_light(site: str, kinds: dict[str, str]) -> None:
    weights = {name: weight(site, address) for name, address in kinds.items()}
    assert {name: one for name, one in weights.items() if one > MOST_BYTES} == {}


def test_with_scripts_each_kind_of_page_is_light_enough(site: str, kinds: dict[str, str]) -> None:
    """The engines of the graph and of the map come later, where somebody wants to move them."""
    weights = {name: weight(site, address, SCRIPTS) for name, address in kinds.items()}
    over = {name: one for name, one in weights.items() if one > MOST_WITH_SCRIPTS}
    assert over == {}


STYLES = rb'<link rel="(?:stylesheet|icon)" href="([^"]+)"'
SCRIPTS = rb'<script src="([^"]+)"'


def weight(site: str, address: str, *more: bytes) -> int:
    """Return the bytes of a page, its styles, its icon and what else it loads, none packed."""
    body = _bytes(site + address)
    linked = {path for pattern in (STYLES, *more) for path in findall(pattern, body)}
    return len(body) + sum(len(_bytes(site + path.decode())) for path in linked)


def _bytes(address: str) -> bytes:
    with urlopen(address, timeout=30) as answer:  # noqa: S310  of this machine
        return bytes(answer.read())


def test_each_kind_of_page_is_accessible(opens: Opens, kinds: dict[str, str]) -> None:
    said = {}
    page = opens("/")  # One window for all: a browser with two hundred takes ten times as long.
    for name, address in kinds.items():
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(address)
        try:
            check(page)
        except AssertionError as error:
            said[name] = f"{address}: {error}"[:1000]
    assert not said, "\n\n".join(said.values())
