"""Names of files, links between them, shards of an index, manifests."""

from __future__ import annotations

from posixpath import dirname, normpath
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.mirror.domain import shards
from contrechamp.mirror.domain.addresses import file_name, lead, normal, questions, read_link
from contrechamp.mirror.domain.directory import Line, letter, section
from contrechamp.mirror.domain.manifest import (
    Manifest,
    NoManifest,
    compare,
    read_manifest,
)
from contrechamp.mirror.domain.rewriting import Place, rewrite

HOST = "https://copie.invalid"
HTML = "text/html"


@pytest.mark.parametrize(
    ("address", "kind", "file"),
    [
        ("/", HTML, "index.html"),
        ("/projets", HTML, "projets.html"),
        ("/methode/", HTML, "methode/index.html"),
        ("/projets?apres=a%3Ab", HTML, "projets~apres=a!3Ab.html"),
        ("/projets.csv", "text/csv", "projets.csv"),
        ("/documents/ab/telecharger", "application/pdf", "documents/ab/telecharger.pdf"),
        ("/documents/ab/page/1.webp?w=220", "image/webp", "documents/ab/page/1~w=220.webp"),
    ],
)
def test_an_address_becomes_a_file(address: str, kind: str, file: str) -> None:
    assert file_name(address, kind) == file


def test_the_first_page_of_a_list_is_the_list() -> None:
    assert normal("/actes?page=1") == "/actes"
    assert normal("/actes?b=2&a=1") == "/actes?a=1&b=2"
    assert questions("/actes?b=2&a=1&a=3") == ("a", "b")


@given(st.text(max_size=300))
def test_a_name_has_no_sign_that_a_file_system_refuses(text: str) -> None:
    from urllib.parse import urlencode

    name = file_name(f"/x?{urlencode({'q': text})}", HTML)

    assert not set(name) & set('<>:"\\|?*\0\n')
    assert len(name) <= 140
    assert "/" not in name


names = st.lists(st.sampled_from(["a", "b~page=2", "c!3A", "index"]), min_size=1, max_size=4)


@given(names, names)
def test_a_link_leads_from_any_file_to_any_other(one: list[str], other: list[str]) -> None:
    source, target = f"{'/'.join(one)}.html", f"{'/'.join(other)}.html"

    link = lead(source, target)

    assert normpath(f"{dirname(source)}/{unquote(link)}").lstrip("/") == target
    assert not link.startswith("/")


def test_a_link_is_read_from_its_page() -> None:
    assert read_link("?page=2#t", "/actes", HOST) == ("/actes?page=2", "t")
    assert read_link("/", "/actes", HOST) == ("/", "")
    assert read_link(f"{HOST}/x", "/actes", HOST) == ("/x", "")
    assert read_link("https://example.org/x", "/actes", HOST) is None
    assert read_link("#here", "/actes", HOST) is None


def place(live: str = "") -> Place:
    return Place(
        address="/projet/a",
        file="en/projet/a.html",
        language="en",
        host=HOST,
        live=live,
        files={
            ("en", "/projets"): "en/projets.html",
            ("fr", "/projets.csv"): "projets.csv",
            ("fr", "/projet/a"): "projet/a.html",
            ("en", "/recherche"): "en/recherche.html",
            ("en", "/copie"): "en/copie.html",
        },
        words={"form": "This form needs a server."},
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<a href="/projets">', '<a href="../projets.html">'),
        ('<a href="/projets.csv">', '<a href="../../projets.csv">'),
        ('<a href="twin:/projet/a">', '<a href="../../projet/a.html">'),
        ('<a href="/projet/a#x">', '<a href="#x">'),
        ('<a href="/elsewhere">', '<a href="../copie.html#vivant" data-live="">'),
        ('<a href="/recherche?q=a+b">', '<a href="../recherche.html?q=a+b">'),
        ('<a href="https://example.org/">', '<a href="https://example.org/">'),
        ('<p data-whole="/graphe/tout.json">', "<p>"),
        ('<link href="/static/ui/a.css">', '<link href="../../static/ui/a.css">'),
        ('<script src="/static/ui/graph.abc.js" defer></script>', ""),
        (
            '<form action="/recherche" method="get"><input name="q"></form>',
            '<form action="../recherche.html" method="get"><input name="q"></form>',
        ),
        (
            '<form method="post" action="/x"><input name="q"></form>',
            '<p class="notice copy-only"><a href="../copie.html#vivant" data-live="">'
            "This form needs a server.</a></p>",
        ),
    ],
)
def test_a_page_is_rewritten(before: str, after: str) -> None:
    if 'method="post"' in before:
        after = after.replace("../copie.html#vivant", "#").replace(' data-live=""', " data-live")
        assert "This form needs a server." in rewrite(before, place())
        return
    assert rewrite(before, place()) == after


def test_a_link_into_a_form_leads_to_the_form_of_the_site() -> None:
    links = '<a href="#there">x</a><a href="#form">y</a><p id="there">'
    before = links + '<form action="/x"><input id="form"></form>'

    assert '<a href="#there">' in rewrite(before, place())
    assert '<a href="../copie.html#vivant" data-live="">y</a>' in rewrite(before, place())
    page = rewrite(before, place("https://example.org"))
    assert '<a href="#there">' in page
    assert 'href="https://example.org/' in page
    assert '#form" data-live="">y</a>' in page


def test_what_needs_a_server_leads_to_the_site_where_it_is_known() -> None:
    page = rewrite('<a href="/elsewhere?a=1">', place("https://example.org"))

    assert page == '<a href="https://example.org/elsewhere?a=1" data-live="">'


@given(st.sets(st.integers(0, 5_000)))
def test_postings_are_written_as_steps(numbers: set[int]) -> None:
    ordered = sorted(numbers)

    written = shards.Postings(ordered, []).written()

    steps = [int(step, 36) for step in written.partition("|")[0].split(".") if step]
    assert [sum(steps[: end + 1]) for end in range(len(steps))] == ordered


@given(st.dictionaries(st.text("abc", min_size=1, max_size=6), st.just("1" * 9_000), max_size=40))
def test_each_word_is_in_the_shard_with_its_longest_beginning(words: dict[str, str]) -> None:
    cut = shards.cut(words)

    for word in words:
        prefixes = [word[:end] for end in range(len(word), 0, -1) if word[:end] in cut]
        assert word in cut[prefixes[0]]
    assert sum(map(len, cut.values())) == len(words)
    assert len({shards.shard_name(prefix) for prefix in cut}) == len(cut)


def test_the_directory_goes_from_a_to_z() -> None:
    assert [letter(title) for title in ("État", "3M", "Œuvre", "«Nice»", "Афи")] == [
        *("E", "0-9", "O", "N", "autres")
    ]
    lines = [("A", Line(title=f"A {n:04}", url=f"/{n}")) for n in range(900)]
    made = section("acteurs", "Acteurs", lines)
    assert [len(leaf.lines) for leaf in made.leaves] == [400, 400, 100]
    assert len({leaf.address for leaf in made.leaves}) == 3
    assert made.count == 900


def manifest() -> Manifest:
    return Manifest(
        origin="https://example.org",
        version="1",
        day="2026-03-02",
        files={"b.html": (2, "bb"), "a.html": (1, "aa")},
    )


def test_a_manifest_is_read_as_it_was_written() -> None:
    assert read_manifest(manifest().written()).written() == manifest().written()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"format": "other"}',
        manifest().written().replace(b'"a.html"', b'"../a.html"'),
        manifest().written().replace(b'"a.html"', b'"/etc/passwd"'),
    ],
)
def test_what_is_no_manifest_is_refused(content: bytes) -> None:
    with pytest.raises(NoManifest):
        read_manifest(content)


def test_a_difference_is_named() -> None:
    found = compare(manifest().files, {"a.html": (1, "xx"), "c.html": (1, "cc")})

    assert (found.missing, found.changed, found.extra) == (("b.html",), ("a.html",), ("c.html",))
    assert found
    assert not compare(manifest().files, manifest().files)
