"""Every page speaks: which forms the data of each has, and why the others are missing.

A page that a visitor may open and that is not in this table fails, as does a form that the table
does not know, a form that does not answer, and one that is of another kind than it says.
"""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from xml.etree import ElementTree as Xml

import pytest
from django.urls import reverse

from tests.access.rows import OK, Row, World
from tests.access.test_matrix import ROWS
from tests.people import Answer, Person

LISTED = "json csv geojson atom jsonfeed"
RECORD = "json csv geojson gexf atom jsonfeed"
FEEDS = "json csv atom jsonfeed"
WORDS = "words of our own, no data: the page is all there is"
FORM = "a form to write to us: it holds nothing but what one types"
KEPT = "for who has its address: several tables in one, which a CSV would cut"
PAST = "one state: its CSV would be the record's of that day, which its JSON is"
PAGE = "one page of a document: its words stand in TXT, with their boxes in JSON"
SEARCH = "what is looked for inside a document is in /recherche.json?document=<hash>"
NOTHING = "nothing is asked: with two things asked, the forms are those of the answer"
DEADLINES = "json csv ics atom"
MAIL = "an address of a mail: it answers one person"
KINDS = ("project", "actor", "technology", "contract", "place")

TABLE: dict[str, tuple[str, str]] = {
    "web:home": (FEEDS, "no geojson: the map has its own page"),
    "web:door": ("", WORDS),
    "web:about": ("", WORDS),
    "web:alert": ("", WORDS),
    "web:own": ("", FORM),
    "web:own-kept": ("json", KEPT),
    "web:own-delete": ("", FORM),
    "web:towns": ("json csv", "a list of names: nothing in it changes, nothing to follow"),
    "web:lab-cards": (FEEDS, "no place of their own"),
    "web:commune": (LISTED, ""),
    "web:epci": (LISTED, ""),
    "web:departement": (LISTED, ""),
    "web:region": (LISTED, ""),
    "web:lab": (FEEDS, ""),
    "web:lab-experiment": ("json csv", "its figures have files of their own, and its list a feed"),
    "web:lab-verification": ("json csv", "what changes is in the feed of the laboratory"),
    "web:lab-certificate": ("json", "it is one object, and never changes"),
    "ui:method": ("", WORDS),
    "ui:legal": ("", WORDS),
    "ui:accessibility": ("", WORDS),
    "ui:keys": ("", WORDS),
    "ui:style": ("", WORDS),
    "ui:embed": ("", "a frame: its data are those of the page that it shows"),
    "accounts:sign-in": ("", FORM),
    "accounts:invitation": ("", FORM),
    "accounts:sign-up": ("", FORM),
    "accounts:profile": ("", "a member's page has no feed and no data: nobody is to be followed"),
    "accounts:groups": ("", "a list of names: each group has its calendar"),
    "accounts:group": ("ics atom", "meetings alone: those are a calendar"),
    "accounts:welcome": ("", FORM),
    "accounts:recover": ("", FORM),
    "accounts:recover-by-mail": ("", FORM),
    "accounts:stop-mail": ("", MAIL),
    "census:projects": (LISTED, ""),
    "census:actors": (LISTED, ""),
    "census:technologies": (LISTED, ""),
    "census:contracts": (LISTED, ""),
    **{f"census:{kind}": (RECORD, "") for kind in KINDS},
    **{
        f"census:{kind}-history": ("json", "changes are nested: a table would cut them")
        for kind in KINDS
    },
    **{f"census:{kind}-state": ("json", PAST) for kind in KINDS},
    **{f"census:{kind}-propose": ("", FORM) for kind in KINDS},
    "census:fact": (FEEDS, "no place of its own: its records have theirs"),
    "census:fact-history": ("json", "changes are nested: a table would cut them"),
    "census:fact-state": ("json", PAST),
    "census:propose-fact": ("", FORM),
    "census:proposed": ("", FORM),
    "documents:documents": (FEEDS, ""),
    "documents:collections": ("json csv", "each collection has its feed"),
    "documents:collection": (FEEDS, ""),
    "documents:document": ("json csv", "its bytes never change: nothing to follow"),
    "documents:page": ("json txt", PAGE),
    "documents:text": ("", PAGE),
    "documents:search": ("", SEARCH),
    "watch:week": (LISTED, "deadlines have their own page, with a calendar"),
    "watch:open": (DEADLINES, ""),
    "watch:renewals": (DEADLINES, ""),
    "watch:act": ("json csv geojson ics", "what changes is in the feed of all acts"),
    "watch:statistics": ("json csv", "sums: what is new is in the feed of the acts"),
    "watch:alert-confirm": ("", MAIL),
    "watch:alert-end": ("", MAIL),
    "cases:grounds": ("json csv", "the same for everybody until the next version: no news"),
    "cases:ground": ("", "one line of the library, whose JSON and CSV hold it whole"),
    "cases:sources": ("csv", "the JSON of the library holds them with its arguments"),
    "cases:project-law": ("json", "answers are nested: a table would cut them"),
    "law:calculator": ("", "it counts from what one types, and keeps nothing"),
    "law:questions": ("", "sentences to read: the rules that they bear on are in the code"),
    "law:rules": ("", "the rules as they are read: their files are in the code"),
    "foi:campaigns": ("", "a list of titles: each campaign has its table"),
    "foi:campaign": ("json csv", "what changes of a request is in its own feed"),
    "cases:index": (FEEDS, "an action has its own calendar, and its places are words of it"),
    "cases:action": ("json ics", "facts are nested: a table would cut them"),
    "cases:worked": ("json csv", "sums of what the list holds"),
    "cases:windows": ("json csv ics atom jsonfeed", ""),
    "cases:windows-month": ("", "the list by its days: its forms are those of the list"),
    "foi:due": ("ics", "days ahead: what is new of requests has its feed"),
    "forum:index": ("atom jsonfeed", "talk is read by its posts: a table would hold titles"),
    "forum:board": ("atom jsonfeed", "talk is read by its posts: a table would hold titles"),
    "forum:thread": ("atom jsonfeed", "talk, not data: the dump of the forum holds it all"),
    "forum:about": ("", "a list of titles: each thread has its feed"),
    "forum:revisions": ("", "what a post said before: the post is in the feed"),
    "forum:new": ("", FORM),
    "forum:reply": ("", FORM),
    "forum:edit": ("", FORM),
    "opinions:list": (FEEDS, "an opinion has no place: the body's name alone"),
    "opinions:opinion": ("json csv", "what changes is in the feed of all opinions"),
    "search:search": (FEEDS, ""),
    "search:batch": ("", "names that somebody sent: their table comes by the same form"),
    "graph:graph": ("json csv gexf svg", "a feed of what changed is at /depuis"),
    "graph:common": ("", NOTHING),
    "graph:path": ("", NOTHING),
    "atlas:map": ("json csv geojson", "a feed of what changed is at /depuis"),
    "chronicle:timeline": ("json csv ics", "a feed of what changed is at /depuis"),
    "chronicle:door": ("", FORM),
    "chronicle:since": ("json atom", "differences are nested: a table would cut them"),
    "chronicle:since-until": ("json atom", "differences are nested: a table would cut them"),
    "compare:compare": ("json csv", "made of what is compared: its sources have their feeds"),
    "compare:rankings": ("json csv", "a list of methods: nothing to follow"),
    "dossiers:dossier": ("", "its PDF and ZIP are buttons; what it holds has forms of its own"),
    "dossiers:kept-preparation": ("", "it waits for a file that is being made"),
    "dossiers:dossiers": ("", "a list of names: each dossier is a PDF and a ZIP"),
    "dossiers:kept": ("", "its PDF and its ZIP lie below it"),
    "cameras:index": ("json csv", "a day's numbers: what is new is told by each data set"),
    "cameras:commune": ("json csv geojson", "a map's points: nothing is dated but by its source"),
    "directory:bodies": ("json csv", "whole lists: what changed of a body is on its page"),
    "directory:body": ("json", "one line: it is in the table of the list"),
    "errands:door": ("", "what there is to do for members: two numbers"),
    "foi:index": (FEEDS, "a request has no place of its own: its body has"),
    "foi:request": ("json csv ics atom jsonfeed", ""),
    "foi:numbers": ("json csv", "sums: what is new is in the feed of the requests"),
    "foi:numbers-body": ("json csv", "sums: what is new is in the feed of the requests"),
    "foi:league": ("json csv", "sums: what is new is in the feed of the requests"),
    "foi:confirm-reminders": ("", MAIL),
    "forum:journal": (FEEDS, "a line has no place: the board's name alone"),
    "forum:rules": ("", WORDS),
    "forum:flag": ("", FORM),
    "forum:old-name": (
        "",
        "what stands under a name of an old forum: posts, which are in their threads' feeds",
    ),
    "forum:receipt": ("", "what became of one notice, for who has its code"),
    "api:reference": ("", "a page about the API, whose data are /api/v1/openapi.json"),
    "api:shapes": ("", "a page about the API, whose data are /api/v1/openapi.json"),
    "opendata:page": ("", "a page about files: their manifest is one of them"),
    "mirror:mirrors": ("", "a list of addresses, for people to choose from"),
    "compare:ranking": ("json csv", "made of facts: those have their feeds"),
}
KIND_OF = {
    "json": "application/",
    "csv": "text/csv",
    "txt": "text/plain",
    "geojson": "application/geo+json",
    "gexf": "application/gexf+xml",
    "svg": "image/svg+xml",
    "ics": "text/calendar",
    "atom": "application/atom+xml",
    "jsonfeed": "application/feed+json",
}
ALTERNATE = re.compile(r'<link rel="alternate" type="([^"+]+(?:\+\w+)?)" href="([^"]+)" title=')
OFFERED = re.compile(r'<li><a href="([^"]+)" type="[^"]+" rel="nofollow">')
BEGUN = {"graph:common", "graph:path", "compare:compare"}
"""Pages that have files once something is asked."""
NOBODY_THERE = {"a draft", "who is not there"}
"""Rows that ask for what is not public: the page asks back, and has no data."""
OPEN = [
    pytest.param(row, id=str(row))
    for row in ROWS
    if row.cells[0] == OK and row.method == "GET" and row.name in TABLE
]


def opens(row: Row, people: dict[str, Person]) -> tuple[str, Answer]:
    users = {name: person.user for name, person in people.items() if person.user}
    url = reverse(row.name, args=row.thing(World(**users))) + row.query
    return url, people["visitor"].opens(url)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, id=str(row))
        for row in ROWS
        if row.cells[0] == OK and row.method == "GET" and row.name not in TABLE
    ],
)
def test_what_is_not_in_the_table_is_no_page(row: Row, people: dict[str, Person]) -> None:
    _, answer = opens(row, people)
    assert not answer.headers["Content-Type"].startswith("text/html"), row.name


@pytest.mark.parametrize("row", OPEN)
def test_each_page_names_its_forms_and_each_answers(row: Row, people: dict[str, Person]) -> None:
    forms, why_not = TABLE[row.name]
    _, answer = opens(row, people)
    found = ALTERNATE.findall(answer.text)
    addresses = [unescape(href) for _, href in found]
    endings = [href.partition("?")[0].rsplit(".", 1)[1] for href in addresses]

    if not endings and (row.name in BEGUN or row.about in NOBODY_THERE):
        assert row.about != "two"
        return
    assert sorted(endings) == sorted(forms.split())
    assert [unescape(href) for href in OFFERED.findall(answer.text)] == addresses
    assert why_not or {"json", "csv"} <= set(endings), "say why a form is missing"
    for ending, address in zip(endings, addresses, strict=True):
        check(ending, address, people["visitor"])


def check(ending: str, address: str, visitor: Person) -> None:
    """Open a file and read it as its program would."""
    file = visitor.opens(address)
    assert file.status == 200, address
    assert file.headers["Content-Type"].startswith(KIND_OF[ending]), address
    text = file.content.decode("utf-8-sig")
    match ending:
        case "json" | "jsonfeed":
            assert json.loads(text)
        case "geojson":
            assert json.loads(text)["type"] == "FeatureCollection"
        case "atom" | "gexf" | "svg":
            assert Xml.fromstring(text) is not None  # noqa: S314  our own
        case "csv":
            head, *rows = csv.reader(io.StringIO(text))
            assert all(len(row) == len(head) for row in rows)
        case "ics":
            assert text.startswith("BEGIN:VCALENDAR\r\n")
            assert text.endswith("END:VCALENDAR\r\n")


def test_every_page_of_the_table_has_a_row() -> None:
    assert set(TABLE) - {row.name for row in ROWS} == set()
