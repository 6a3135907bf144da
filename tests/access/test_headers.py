"""What goes with every page: the policy, no cookie for visitors, nothing from elsewhere."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from django.urls import reverse

import contrechamp
from tests.access.rows import OK, Row, World
from tests.access.test_matrix import ROWS
from tests.people import Answer, Person

PACKAGE = Path(contrechamp.__file__).parent
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*"))
OPEN = [
    pytest.param(row, id=str(row)) for row in ROWS if row.cells[0] == OK and row.method == "GET"
]
MEMBERS = [
    pytest.param(row, id=str(row)) for row in ROWS if row.cells[2] == OK and row.method == "GET"
]
FORMS_MAY = {"csrftoken"}
"""A page with a form may set the token that protects it; it names nobody."""

STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
INLINE = re.compile(
    r"""<script(?![^>]*\ssrc=)[^>]*>|<style\b|\sstyle\s*=\s*["']|\son[a-z]+\s*=\s*["']|javascript:""",
    re.IGNORECASE,
)
LOADED = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed|object|image|use)\b[^>]*?"""
    r"""\s(?:src|href|data|srcset|poster)\s*=\s*["']?(?!/(?!/)|\#|data:image/|\{)([^"'\s>]*)""",
    re.IGNORECASE,
)
LINKED = re.compile(
    r"""<link\b(?=[^>]*rel=["']?(?:stylesheet|icon|preload|prefetch|preconnect|modulepreload))"""
    r"""[^>]*?href=["']?(?!/(?!/)|\{)([^"'\s>]*)""",
    re.IGNORECASE,
)


def opens(row: Row, who: str, people: dict[str, Person]) -> Answer:
    users = {name: person.user for name, person in people.items() if person.user}
    return people[who].opens(reverse(row.name, args=row.thing(World(**users))) + row.query)


@pytest.mark.parametrize("row", OPEN)
def test_what_a_visitor_gets(row: Row, people: dict[str, Person]) -> None:
    answer = opens(row, "visitor", people)

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    # A frame may stand on any site; nothing else may, and nothing comes from elsewhere.
    anywhere = "frame-ancestors *" if row.name == "ui:embed" else "frame-ancestors 'none'"
    assert anywhere in policy
    assert re.findall(r"https?:|\*", policy.replace("frame-ancestors *", "")) == []
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    # Never weaker; an address that holds a token is told to nobody.
    assert answer.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert set(answer.cookies) <= FORMS_MAY
    if set(answer.cookies):
        assert "csrfmiddlewaretoken" in answer.text, "a cookie without a form"
    if answer.headers["Content-Type"].startswith("text/html"):
        assert_ours_alone(STYLE.sub(lambda style: without(style, policy), answer.text))


def without(style: re.Match[str], policy: str) -> str:
    """Leave out a style that the policy names by its hash: the browser takes this one alone."""
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    return "" if f"'sha256-{digest}'" in policy else style[0]


@pytest.mark.parametrize("row", MEMBERS)
def test_pages_of_members_are_as_strict(row: Row, people: dict[str, Person]) -> None:
    answer = opens(row, "marianne", people)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    if answer.headers["Content-Type"].startswith("text/html"):
        assert_ours_alone(STYLE.sub(lambda style: without(style, policy), answer.text))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_template_holds_script_style_or_anything_from_elsewhere(path: Path) -> None:
    if path.is_file():
        text = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", path.read_text())
        # The page that names the door loads nothing at all: its style is in it, named by its hash.
        assert_ours_alone(text.replace("<style>{{ style|safe }}</style>", ""))


def assert_ours_alone(text: str) -> None:
    assert INLINE.findall(text) == []
    assert [url for url in LOADED.findall(text) if url] == []
    assert [url for url in LINKED.findall(text) if url] == []


@pytest.mark.parametrize(
    "bad",
    [
        "<script>1</script>",
        "<p style='color: red'>",
        '<a href="javascript:x()">',
        '<button onclick="x()">',
        "<style>p{}</style>",
        '<img src="https://example.org/x.png">',
        '<img alt="" src="//example.org/x.png">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<iframe src="http://example.org"></iframe>',
    ],
)
def test_the_check_finds_what_it_looks_for(bad: str) -> None:
    with pytest.raises(AssertionError):
        assert_ours_alone(bad)


@pytest.mark.parametrize(
    "good",
    [
        '<script src="/static/ui/site.js" defer></script>',
        '<img src="/documents/ab/page/1.webp" alt="">',
        '<a href="https://example.org/">elsewhere</a>',
        '<use href="#mark"/>',
    ],
)
def test_and_nothing_else(good: str) -> None:
    assert_ours_alone(good)
