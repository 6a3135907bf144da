"""Whatever is typed: safe, bounded, and what an honest person meant."""

from __future__ import annotations

import random
import re

import pytest

from contrechamp.forum.domain import markdown
from contrechamp.forum.domain.warnings import Found, warnings_of

MOST = markdown.LONGEST
HOSTILE = [
    "http://a." * 3_000,
    "://" * 6_600,
    "|" * 100 + "\n" + "|-" * 100 + "\n" + "x\n" * 9_000,
    "|a" * 9 + "|\n" + "|-" * 9 + "|\n" + "x\n" * 9_900,
    "a.fr " * 4_000,
    "[" * 20_000,
    "[a](" * 5_000,
    "*_" * 10_000,
    "`" * 20_000,
    "**" * 1_400 + "a",
    ">" * 20_000,
    '"' * 20_000,
    "@a " * 6_600,
    "<img src=x onerror=alert(1)>" * 700,
    "![x](http://e.example/i.png)" * 700,
    "[x](javascript:alert(1)) " * 800,
    "[x](data:text/html,<script>) " * 690,
]
ALLOWED = re.compile(r"</?([a-z0-9]+)((?: [a-z]+=\"[^\"]*\")*) ?/?>")


def render(text: str) -> str:
    return markdown.render(
        text[:MOST],
        people={"a": "/membres/a"},
        address_of=lambda n: f"/forum/m/thr-0123456789/{n}",
    )


def check(html: str) -> None:
    """Fail on anything but the tags, attributes and schemes of the allow-list."""
    assert len(html) <= markdown.LONGEST_HTML
    for found in re.finditer("<[^>]*>", html):
        tag = ALLOWED.fullmatch(found[0])
        assert tag, found[0]
        assert tag[1] in markdown.TAGS
        for name, value in re.findall(r'([a-z]+)="([^"]*)"', tag[2]):
            assert name in {"href", "title", "rel"}
            if name == "href" and ":" in value.partition("/")[0]:
                assert value.split(":")[0] in {"http", "https", "mailto"}


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_a_hostile_text_is_bounded_and_harmless(text: str) -> None:
    check(render(text))


def test_a_thousand_generated_texts_are_bounded_and_harmless() -> None:
    dice = random.Random(9)  # noqa: S311
    signs = "*_`[]()!<>#-+|~\\\n:@&; a1/.http\"'="
    for _ in range(1_000):
        unit = "".join(dice.choice(signs) for _ in range(dice.randint(1, 12)))
        check(render(unit * (2_000 // len(unit))))


def test_guards_turn_off_what_would_take_seconds() -> None:
    assert "<a" not in render("http://a.fr " * 41)
    assert "<a" in render("http://a.fr " * 40)
    assert "<table" not in render("|a|b|\n|-|-|\n" + "x\n" * 1_100)
    assert "<table" in render("|a|b|\n|-|-|\n|1|2|")
    assert "<a" not in render("[a](http://b.fr) " * 401)


def test_what_is_too_long_is_shown_as_it_was_typed() -> None:
    assert markdown.render("*a* " * 6_000).startswith("<p>*a* *a*")


def test_titles_stand_two_levels_lower() -> None:
    assert render("# Un\n\n##### Cinq") == "<h3>Un</h3>\n<h6>Cinq</h6>\n"


def test_names_and_numbers_become_links_but_in_code_and_links() -> None:
    html = render("@A, `@a #1`, [@a](http://b.fr) et #12, pas x@a ni a#1")
    assert html.count('<a href="/membres/a">@A</a>') == 1
    assert "<code>@a #1</code>" in html
    assert html.count("/forum/m/") == 1


def test_names_in_quotes_are_not_called() -> None:
    assert markdown.parse("> @lea dit\n\n@tom et @Tom.").names == ("tom", "Tom")


def test_links_of_who_waits_are_words() -> None:
    html = markdown.render("[ici](http://a.fr) et http://b.fr", is_inert=True)
    assert html == "<p>ici (http://a.fr) et http://b.fr</p>\n"


def test_addresses_nobody_asked_for_are_no_links() -> None:
    assert "<a" not in render("a.fr et moi@a.fr")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("écrivez à lea@exemple.fr", [Found.EMAIL]),
        ("appelez le 06 12 34 56 78 ou +33 6 12 34 56 78", [Found.PHONE, Found.PHONE]),
        ("la voiture AB-123-CD", [Found.PLATE]),
        ("FR76 3000 6000 0112 3456 7890 189", [Found.IBAN]),
        ("chez Mme Martin, au deuxième", [Found.NAME]),
        ("le maire, M. Durand, a signé", []),
        ("arrêté 2026-123 du 3 mars, 12 500 €", []),
    ],
)
def test_what_is_somebodys_own_is_seen_before_it_is_sent(text: str, found: list[Found]) -> None:
    assert [one.found for one in warnings_of(text)] == found
