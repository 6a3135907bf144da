"""What every page has in common."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import override

from contrechamp.foundation.plug import MenuItem, offered
from contrechamp.ui.templatetags import look
from tests.people import Person

NNBSP, NBSP = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("amount", "french", "english"),
    [
        (Decimal("1234567"), f"1{NNBSP}234{NNBSP}567{NBSP}€", f"1,234,567{NBSP}€"),
        ("12.5", f"12,50{NBSP}€", f"12.50{NBSP}€"),
        (None, "", ""),
        ("", "", ""),
        (0, f"0{NBSP}€", f"0{NBSP}€"),
    ],
)
def test_an_amount_is_written_as_one_reads_it(amount: object, french: str, english: str) -> None:
    with override("fr"):
        assert look.money(amount) == french
    with override("en"):
        assert look.money(amount) == english


def test_an_amount_keeps_its_currency() -> None:
    with override("fr"):
        assert look.money(1000, "CHF") == f"1{NNBSP}000{NBSP}CHF"


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("2018-11", "novembre 2018", "November 2018"),
        ("2026-03-01", f"1er{NBSP}mars 2026", "1 March 2026"),
        ("2026-02-31", "2026-02-31", "2026-02-31"),
        (
            "2018-11/2019-03",
            "entre novembre 2018 et mars 2019",
            "between November 2018 and March 2019",
        ),
        ("<2019", "avant 2019", "before 2019"),
        (">2017", "après 2017", "after 2017"),
        ("~2018", "vers 2018", "around 2018"),
        ("2017/2019", "entre 2017 et 2019", "between 2017 and 2019"),
        ("avant 2019", "avant 2019", "avant 2019"),
        ("", "date inconnue", "date unknown"),
    ],
)
def test_a_date_is_never_made_more_certain(text: str, french: str, english: str) -> None:
    with override("fr"):
        assert look.uncertain(text) == french
    with override("en"):
        assert look.uncertain(text) == english


@pytest.mark.parametrize(
    ("language", "said"), [("fr", f"1er{NBSP}mars 2026"), ("en", "1 March 2026")]
)
def test_the_first_of_a_month_is_written_as_french_has_it(language: str, said: str) -> None:
    with override(language):
        text = Template('{{ day|date:"j F Y" }} {{ none|date:"j F Y" }}')
        assert text.render(Context({"day": date(2026, 3, 1), "none": None})).strip() == said


@pytest.mark.parametrize(("language", "said"), [("fr", f"«{NBSP}Ampus{NBSP}»"), ("en", "“Ampus”")])
def test_words_are_quoted_as_each_language_does(language: str, said: str) -> None:
    with override(language):
        assert look.quoted("Ampus") == said
        assert look.quoted("") == ""


def test_the_pager_keeps_the_rest_of_the_query() -> None:
    request = RequestFactory().get("/recherche?q=nice&page=2&type=page&type=fact")
    page = Paginator(range(50), 10).page(2)
    text = Template("{% load look %}{% pager page %}").render(
        Context({"request": request, "page": page})
    )
    assert "?q=nice&amp;type=page&amp;type=fact&amp;page=1" in text
    assert "?q=nice&amp;type=page&amp;type=fact&amp;page=3" in text


def test_a_list_of_one_page_has_no_pager() -> None:
    request = RequestFactory().get("/")
    page = Paginator([1], 10).page(1)
    text = Template("{% load look %}{% pager page %}").render(
        Context({"request": request, "page": page})
    )
    assert text.strip() == ""


@pytest.mark.django_db
def test_the_menu_shows_what_concerns_one(visitor: Person, noor: Person, io: Person) -> None:
    url = reverse("accounts:people")
    assert url not in visitor.opens("/methode/").text
    assert url not in noor.opens("/methode/").text
    assert url in io.opens("/methode/").text


def test_every_line_of_the_menu_leads_somewhere() -> None:
    for item in offered(MenuItem):
        assert reverse(item.url_name)
        assert item.audience in {"all", "members", "editors", "administrators"}


@pytest.mark.django_db
def test_a_chosen_language_stays_and_the_page_too(visitor: Person) -> None:
    answer = visitor.sends("/langue/", language="en", next="/methode/?a=1")
    assert answer.location == "/methode/?a=1"
    assert "Our method" in visitor.follows(answer).text
    assert "Our method" in visitor.opens("/methode/").text


@pytest.mark.django_db
@pytest.mark.parametrize("after", ["https://example.org/", "//example.org", "/\\example.org", ""])
def test_choosing_a_language_never_leads_elsewhere(visitor: Person, after: str) -> None:
    assert visitor.sends("/langue/", language="en", next=after).location == "/"


@pytest.mark.django_db
def test_a_language_that_we_do_not_speak_changes_nothing(visitor: Person) -> None:
    assert visitor.sends("/langue/", language="xx", next="/").cookies == {}


@pytest.mark.django_db
def test_two_pages_that_do_not_exist_are_the_same(visitor: Person) -> None:
    assert visitor.opens("/rien").content == visitor.opens("/rien-non-plus?a=1").content


def test_the_page_of_a_crash_needs_nothing(client_that_crashes: Person) -> None:
    answer = client_that_crashes.opens("/methode/")
    assert answer.status == 500
    assert "de notre côté" in answer.text


@pytest.fixture
def client_that_crashes(monkeypatch: pytest.MonkeyPatch) -> Person:
    """Return a visitor on a site whose menu crashes, as it does when a room is broken."""
    person = Person()
    person.browser.raise_request_exception = False

    def crash(kind: type[object]) -> object:
        raise RuntimeError(kind)

    monkeypatch.setattr("contrechamp.ui.templatetags.menu.offered", crash)
    return person


@pytest.mark.django_db
def test_the_code_that_runs_the_site_can_be_had(visitor: Person) -> None:
    answer = visitor.opens("/source.zip")
    with ZipFile(BytesIO(answer.content)) as pack:
        names = pack.namelist()
    assert "contrechamp/src/contrechamp/ui/source.py" in names
    assert "contrechamp/LICENSE" in names
    assert [name for name in names if "__pycache__" in name or name.endswith(".mo")] == []
    assert answer.content == visitor.opens("/source.zip").content


@pytest.mark.django_db
def test_who_is_signed_in_sees_it_and_can_leave(noor: Person) -> None:
    assert "noor" in noor.opens("/methode/").text
    noor.sends("/deconnexion/")
    assert noor.opens("/compte/").asks_to_sign_in


@pytest.mark.django_db
def test_what_a_member_gets_stays_out_of_caches(noor: Person, visitor: Person) -> None:
    assert noor.opens("/methode/").headers["Cache-Control"] == "private, no-store"
    assert "Cache-Control" not in visitor.opens("/methode/").headers


@pytest.mark.django_db
def test_who_sends_a_form_without_an_account_is_not_led_back_to_it(visitor: Person) -> None:
    answer = visitor.sends("/compte/sessions/", session="others")
    assert answer.location == "/connexion/?next=/"
    assert visitor.opens("/compte/").location == "/connexion/?next=/compte/"
