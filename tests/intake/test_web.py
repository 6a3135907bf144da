"""What every answer carries, and what no answer does."""

from __future__ import annotations

import base64
import hashlib
import html.parser
import re
import time
from pathlib import Path

import pytest

from intake.headers import HEADERS

from .doors import Answer, Door, form, get, posted, small

POLICY = dict(HEADERS)
PAGES = ("/", "/avant", "/limites", "/canari", "/revenir")
EVERY = (*PAGES, *("/en" + page for page in PAGES))
ODD = [
    (get("/rien"), 404),
    (get("/deposer"), 405),
    (get("/boite/ecrire"), 405),
    (get("/?a=b"), 404),
    (get("/%61vant"), 404),
    (get("//"), 404),
    (get("/en"), 404),
    (get(host="x.example"), 400),
    (get(host="localhost.evil.example"), 400),
    (get(extra="Host: localhost\r\n"), 400),
    (get(extra="Transfer-Encoding: chunked\r\n"), 400),
    (get(extra="X: a\r\n b\r\n"), 400),
    (get(extra="X\x01: a\r\n"), 400),
    (get(extra="X : a\r\n"), 400),
    (get(extra="a: b\r\n" * 70), 200),
    (get(extra="".join(f"a{n}: b\r\n" for n in range(70))), 400),
    (get(extra="X-Tor2web: 1\r\n"), 403),
    (get(extra="Via: 1.1 proxy\r\n"), 403),
    (get(extra="Forwarded: for=192.0.2.1\r\n"), 403),
    (get(extra="X-Forwarded-For: 192.0.2.1\r\n"), 403),
    (get(extra="X-Forwarded-Host: a\r\n"), 403),
    (b"GET / HTTP/1.1\r\n\r\n", 400),
    (b"GET /\r\n\r\n", 400),
    (b"GET / HTTP/2.0\r\nHost: localhost\r\n\r\n", 400),
    (b"GET / HTTP/1.1\nHost: localhost\n\n", 400),
    (b"GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
    (b"\x16\x03\x01junk\r\n\r\n", 400),
    (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
    (b"PUT / HTTP/1.1\r\nHost: localhost\r\n\r\n", 405),
    (b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", 405),
    (b"TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n", 405),
    (b"CONNECT a:1 HTTP/1.1\r\nHost: localhost\r\n\r\n", 405),
    (b"POST /deposer HTTP/1.1\r\nHost: localhost\r\n\r\n", 411),
    (b"POST /deposer HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", 400),
    (b"POST /deposer HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999999999\r\n\r\n", 413),
    (get(extra="Content-Length: 0\r\nContent-Length: 0\r\n"), 400),
    (posted("/", "text/plain", b""), 405),
    (posted("/nulle-part", "text/plain", b""), 404),
    (small("/revenir", b"codename=abaisser"), 403),
    (small("/revenir", b"=&=&"), 400),
    (posted("/revenir", "application/json", b"{}"), 400),
    (small("/boite/effacer", b"token="), 400),
    (form([("adresse", b"localhost")]), 400),
]


def _check(told: Answer) -> None:
    length = ("Content-Length", str(len(told.page)))
    assert told.fields == [length, *HEADERS]
    assert len(told.page) == 8192


@pytest.mark.parametrize("path", EVERY)
def test_every_page_has_exactly_these_fields_and_one_size(open_door: Door, path: str) -> None:
    told = open_door.ask(get(path))
    assert told.status == 200
    _check(told)
    assert told.raw == open_door.ask(get(path)).raw


@pytest.mark.parametrize(("raw", "status"), ODD)
def test_every_refusal_has_exactly_these_fields_and_one_size(
    open_door: Door, raw: bytes, status: int
) -> None:
    told = open_door.ask(raw)
    assert told.status == status
    _check(told)
    assert re.search(r"[Rr]ien.{0,40}gardé|Nous n'avons rien gardé|id=.pieces.", told.text)


def test_a_visitor_who_is_described_gets_the_same_bytes(open_door: Door) -> None:
    plain = open_door.ask(get())
    described = open_door.ask(
        get(extra="User-Agent: x\r\nAccept-Language: en\r\nCookie: a=b\r\nReferer: http://x/\r\n")
    )
    assert plain.raw == described.raw
    assert plain.raw == open_door.ask(get(host="LOCALHOST:80")).raw


def test_a_head_is_the_page_without_the_page(open_door: Door) -> None:
    told = open_door.ask(get().replace(b"GET", b"HEAD"))
    assert (told.status, told.page) == (200, b"")
    assert told.fields == open_door.ask(get()).fields


def test_the_style_is_the_one_whose_hash_is_allowed(open_door: Door) -> None:
    for path in EVERY:
        (style,) = re.findall(rb"<style>(.*?)</style>", open_door.ask(get(path)).page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(style).digest()).decode()
        assert f"style-src 'sha256-{digest}';" in POLICY["Content-Security-Policy"]


class _Crawler(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "svg", "img", "link", "iframe", "object", "embed", "base", "video"}:
            self.wrong.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in {"style", "src", "srcset", "ping", "target"}:
                self.wrong.append(name)
            if name in {"href", "action"}:
                self.links.add(value or "")


def test_no_page_has_a_script_a_picture_or_a_link_elsewhere(open_door: Door) -> None:
    seen: set[str] = set()
    todo = {"/", "/nulle-part"}
    forms = {"/deposer", "/en/deposer", "/boite/ecrire", "/boite/effacer"}
    while todo:
        path = todo.pop()
        seen.add(path)
        told = open_door.ask(get(path))
        crawler = _Crawler()
        crawler.feed(told.text)
        assert crawler.wrong == []
        assert all(link.startswith("/") and not link.startswith("//") for link in crawler.links)
        assert b"url(" not in told.page
        assert b"@import" not in told.page
        assert b"Set-Cookie" not in told.raw
        todo |= crawler.links - seen - forms
    assert set(EVERY) <= seen


def test_what_was_sent_is_never_said_again(open_door: Door) -> None:
    echo = b"ZZECHOZZ"
    text = echo.decode()
    for raw in (
        get(f"/{text}"),
        get(extra=f"X-{text}: {text}\r\n"),
        get(host=f"{text}.example"),
        text.encode() + b" / HTTP/1.1\r\n\r\n",
        form([("adresse", echo)], [(echo, echo)]),
        form([(text, echo)], [(echo, echo)]),
        small("/revenir", b"codename=" + echo),
        small("/boite/effacer", b"token=" + echo),
        posted("/deposer", f"multipart/form-data; boundary={text}", echo),
    ):
        assert echo.lower() not in open_door.ask(raw).raw.lower()


def test_both_languages_have_the_same_forms_and_sections(open_door: Door) -> None:
    folder = Path(__file__).parents[2] / "src/intake/templates"
    names = {path.name for path in (folder / "fr").iterdir()}
    assert names == {path.name for path in (folder / "en").iterdir()}
    for name in names:
        french, english = ((folder / tongue / name).read_text() for tongue in ("fr", "en"))
        for pattern in (
            r'id="[^"]+"',
            r'name="[^"]+"',
            r"<(?:h2|li|p|form|button)",
            r"{%.*?%}",
            r"{{.*?}}",
        ):
            assert sorted(re.findall(pattern, french)) == sorted(re.findall(pattern, english)), name
        links = [re.findall(r'(?:href|action)="([^"]+)"', text) for text in (french, english)]
        assert ["/en" + link for link in links[0]] == links[1], name


def test_the_numbers_printed_are_the_settings_in_force(door: Door) -> None:
    door.set(request_mib=123, keep_unread_days=31, keep_collected_days=5, keep_mailbox_months=4)
    door.open()
    assert "123 Mo en tout" in door.ask(get()).text
    limits = door.ask(get("/limites")).text
    assert "au bout de 31 jours" in limits
    assert "5 jours après" in limits
    assert "4 mois" in limits
    assert "31 days" in door.ask(get("/en/limites")).text


def test_a_slow_head_is_cut_and_a_silent_one_costs_nothing(open_door: Door) -> None:
    with open_door.connect() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n")
        started = time.monotonic()
        assert open_door.ask(get()).status == 200
        assert time.monotonic() - started < 10
