"""Who may read a request: decided, planned, taken back, undone; letters one by one."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from contrechamp.accounts.models import User
from contrechamp.foi import services
from contrechamp.foi.domain.facts import Kind
from contrechamp.foi.models import Paper, Reply, Request, ShownMessage
from contrechamp.foi.queries.access import public
from contrechamp.foundation.signals import public_changed
from contrechamp.kernel.errors import Refused
from contrechamp.mail import services as mail
from tests import make
from tests.access.crawl import TOKEN
from tests.people import Person

from .requests import NOW, asked, at, draft, record

pytestmark = pytest.mark.django_db
AGENT = "Odile Le Bihannec"


@pytest.fixture
def told() -> Iterator[list[str]]:
    """Return what is said to have changed for visitors, as it is said."""
    refs: list[str] = []

    def hear(sender: object, **said: list[str]) -> None:
        if sender is Request:
            refs.extend(said["refs"])

    public_changed.connect(hear)
    yield refs
    public_changed.disconnect(hear)


def answer(request: Request, text: str = "", *, name: str = AGENT) -> Reply:
    """Return an answer by mail to a request."""
    letter = mail.queue(
        thread=request.pk,
        to="mairie@valbrume.invalid",
        subject="Votre demande",
        text="Nous demandons.",
        actor=request.author,
        now=at("01-16"),
    )
    Paper.objects.create(
        request=request, kind="request", subject="Demande", text="Nous demandons le contrat.",
        is_final=True, made_by=request.author, made_at=at("01-15"),
    )  # fmt: skip
    raw = (
        f"From: {name} <odile@valbrume.invalid>\r\nTo: {letter.from_address}\r\n"
        f"Subject: Re: Votre demande {request.pk} suivie par {name}\r\n"
        "Date: Tue, 20 Jan 2026 10:00:00 +0100\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\n"
        f"{text or 'Bonjour,'}\r\n\r\nVotre dossier est suivi par {name}, tél. 04 99 00 00 00.\r\n"
        f"Écrivez à {letter.from_address}.\r\n"
    ).encode()
    taken = mail.take_in(raw, now=at("01-20"))
    kept = services.on_arrived(taken.incoming, request.pk, actor=request.author, now=at("01-20"))
    assert kept is not None
    return kept


def test_a_request_is_shown_from_now_on() -> None:
    request = asked()
    assert request not in public()

    services.publish(request, actor=request.author, now=at("01-20"))

    assert request in public()
    assert Person().opens(f"/demandes/{request.pk}").status == 200


def test_a_draft_is_not_published() -> None:
    request = draft()
    with pytest.raises(Refused, match="une fois partie"):
        services.publish(request, actor=request.author, now=NOW)


def test_a_request_on_a_sources_dossier_is_never_public() -> None:
    request = asked(dossier="dos-7h3kq0w2xz")
    acts: tuple[Callable[[], object], ...] = (
        lambda: services.publish(request, actor=request.author, now=at("01-20")),
        lambda: services.plan(
            request, until=date(2026, 3, 1), reason="x", actor=request.author, now=at("01-20")
        ),
    )
    for verb in acts:
        with pytest.raises(Refused, match="source"):
            verb()
    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.filter(pk=request.pk).update(is_public=True)
    assert request not in public()


def test_a_request_is_private_until_a_day_with_a_public_reason() -> None:
    request = asked()
    with pytest.raises(Refused, match="pourquoi"):
        services.plan(
            request, until=date(2026, 3, 1), reason=" ", actor=request.author, now=at("01-20")
        )
    with pytest.raises(Refused, match="à venir"):
        services.plan(
            request, until=date(2026, 1, 20), reason="x", actor=request.author, now=at("01-20")
        )
    services.plan(
        request,
        until=date(2026, 3, 1),
        reason="Le conseil vote en février.",
        actor=request.author,
        now=at("01-20"),
    )

    assert services.publish_due(now=at("02-28")) == 0
    assert request not in public()
    assert services.publish_due(now=at("03-01")) == 1
    assert services.publish_due(now=at("03-01")) == 0
    assert request in public()
    assert "Le conseil vote en février." in Person().opens(f"/demandes/{request.pk}").text


def test_taking_back_needs_a_reason_and_is_undone() -> None:
    request = asked()
    services.publish(request, actor=request.author, now=at("01-20"))
    with pytest.raises(Refused, match="Dites pourquoi"):
        services.withdraw_publication(request, reason="", actor=request.author, now=at("01-21"))
    services.withdraw_publication(
        request, reason="Une erreur.", actor=request.author, now=at("01-21")
    )
    assert Person().opens(f"/demandes/{request.pk}").status == 404

    services.undo_publication(request, actor=request.author, now=at("01-22"))
    assert request in public()
    services.undo_publication(request, actor=request.author, now=at("01-23"))
    assert request not in public()
    with pytest.raises(Refused, match="rien à annuler"):
        services.undo_publication(request, actor=request.author, now=at("01-24"))


def test_a_title_that_tells_who_asks_is_not_published() -> None:
    request = asked(title="La caméra devant le 1, place du Marché")
    with pytest.raises(Refused, match="titre"):
        services.publish(request, actor=request.author, now=at("01-20"))


VERBS = st.lists(
    st.sampled_from(["publish", "plan", "withdraw", "undo", "due"]), min_size=1, max_size=6
)


@given(verbs=VERBS)
@tries(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_order_of_verbs_shows_a_sources_request(verbs: list[str]) -> None:
    with transaction.atomic():
        User.objects.filter(username="autrice").delete()
        request = asked(make.user("autrice"), dossier="dos-7h3kq0w2xz")
        by: dict[str, Any] = {"actor": request.author, "now": at("01-20")}
        acts: dict[str, Callable[[], object]] = {
            "publish": lambda: services.publish(request, **by),
            "plan": lambda: services.plan(request, until=date(2026, 2, 1), reason="x", **by),
            "withdraw": lambda: services.withdraw_publication(request, reason="x", **by),
            "undo": lambda: services.undo_publication(request, **by),
            "due": lambda: services.publish_due(now=at("03-01")),
        }
        for verb in verbs:
            with contextlib.suppress(Refused):
                acts[verb]()
            assert not Request.objects.get(pk=request.pk).is_public
        transaction.set_rollback(True)


def test_letters_are_prepared_and_none_is_public() -> None:
    request = asked()
    answer(request, "Le contrat vous sera adressé.")
    services.publish(request, actor=request.author, now=at("01-21"))

    assert services.prepare_letters(request, actor=request.author, now=at("01-21")) == 2
    assert services.prepare_letters(request, actor=request.author, now=at("01-21")) == 0
    assert not ShownMessage.objects.filter(is_public=True).exists()
    assert "Le contrat vous sera" not in Person().opens(f"/demandes/{request.pk}").text


def test_a_letter_is_shown_without_names_addresses_and_our_own_address() -> None:
    request = asked()
    answer(request, "Le contrat vous sera adressé au 1 place du Marché, 99000 Valbrume.")
    services.publish(request, actor=request.author, now=at("01-21"))
    services.prepare_letters(request, actor=request.author, now=at("01-21"))
    for shown in request.shown.all():
        services.show_letter(shown)
    page = Person().opens(f"/demandes/{request.pk}").text.replace("@misc{", "")

    assert "Le contrat vous sera adressé" in page
    for word in ("Odile", "Bihannec", "04 99", "place du Marché", "99000", "@", "Camille"):
        assert word not in page, word


def test_words_hidden_by_hand_stay_hidden_until_masking_begins_anew() -> None:
    request = asked()
    answer(request, "Le projet Zorglub est suspendu.")
    services.prepare_letters(request, actor=request.author, now=at("01-21"))
    shown = request.shown.get(direction="IN")

    assert services.hide_words(shown, ["zorglub"]) == 1
    shown.refresh_from_db()
    assert "Zorglub" not in services.show_letter(shown).text
    with pytest.raises(Refused):
        services.hide_words(shown, [" "])
    again = services.mask_again(shown, actor=request.author, now=at("01-22"))
    assert "Zorglub" in again.text
    assert not again.is_public


def test_what_stays_private_is_no_news_to_anybody(told: list[str]) -> None:
    """To index a request anew for a private note would move others in the site's search."""
    request = asked()
    services.publish(request, actor=request.author, now=NOW)
    other = asked(make.user("autre"), body=request.body_id)
    told.clear()
    record(request, Kind.NOTE, "01-20", note="Relire le contrat.")
    record(request, Kind.LEGAL_AID_ASKED, "01-20")
    answer(request)
    services.prepare_letters(request, actor=request.author, now=at("01-21"))
    letter = request.shown.get(direction="IN")
    services.hide_words(letter, ["Bonjour"])
    services.mask_again(letter, actor=request.author, now=at("01-22"))
    services.plan(
        other, until=date(2126, 1, 1), reason="Une enquête", actor=other.author, now=at("01-22")
    )
    assert told == []


def test_what_visitors_see_is_told(told: list[str]) -> None:
    request = asked()
    ref = f"foi:request:{request.pk}"
    services.publish(request, actor=request.author, now=NOW)
    request.refresh_from_db()
    assert told == [ref]
    answer(request)
    services.prepare_letters(request, actor=request.author, now=at("01-21"))
    told.clear()
    letter = request.shown.get(direction="IN")
    services.show_letter(letter)
    services.hide_words(letter, ["Bonjour"])
    services.mask_again(letter, actor=request.author, now=at("01-22"))
    assert told == [ref] * 3
    told.clear()
    services.set_outcomes(
        request, dict.fromkeys(request.items.values_list("pk", flat=True), "NOT_HELD")
    )
    assert told == [ref]
    row = services.record(
        request, Kind.ACKNOWLEDGED, first=date(2026, 1, 20), actor=request.author, now=at("01-20")
    )
    told.clear()
    services.record(
        request, Kind.NOTE, first=row.first, corrects=row.pk, actor=request.author, now=at("01-21")
    )
    assert ref in told, "a public fact that becomes a private note is gone from the page"


def test_who_needs_legal_aid_changes_no_byte_for_visitors() -> None:
    """Not a sentence, not a day that it moves, not the order or the numbering of a calendar."""
    now = timezone.now()
    today = timezone.localdate(now)

    def ago(days: int) -> str:
        return (today - timedelta(days=days)).isoformat()

    request = asked(on=ago(120), received=ago(120))
    other = asked(make.user("autre"), on=ago(120), received=ago(120), body=request.body_id)
    for each, later in ((request, 0), (other, 5)):
        record(each, Kind.REFUSED, ago(110), values={"remedies": True})
        record(each, Kind.CADA_FILED, ago(100))
        record(each, Kind.CADA_REGISTERED, ago(95), values={"remedies": True})
        record(each, Kind.CONFIRMED, ago(30 - later), values={"remedies": True})
        services.publish(each, actor=each.author, now=now)
        services.derive(each, now=now)
    request.refresh_from_db()
    assert request.step == "ta"
    day = request.act_by
    urls = [f"/demandes/{request.pk}{end}" for end in ("", ".json", ".ics", ".atom")]
    urls += [f"/demandes{end}" for end in ("", ".csv", "/echeances", "/echeances.ics")]
    urls.append(f"/api/v1/requests/{request.pk}")
    before = [_seen(url) for url in urls]
    said: dict[str, Any] = {"actor": request.author, "now": now}
    for kind, on in ((Kind.LEGAL_AID_ASKED, 10), (Kind.LEGAL_AID_DECIDED, 1)):
        services.record(request, kind, first=today - timedelta(days=on), **said)
        for url, was in zip(urls, before, strict=True):
            assert _seen(url) == was, url
    request.refresh_from_db()
    assert request.act_by is not None
    assert day is not None
    assert request.act_by > day
    assert "aide juridictionnelle" in Person(request.author).opens(urls[0]).text.lower()


def _seen(url: str) -> bytes:
    answer = Person().opens(url)
    assert answer.status == 200, url
    return TOKEN.sub(b"", answer.content)


def test_the_pages_of_publication_are_for_those_who_see_to_the_request() -> None:
    request = asked()
    answer(request)
    author, other = Person(request.author), Person(make.user("autre"))
    for page in ("publier", "lettres"):
        assert author.opens(f"/demandes/{request.pk}/{page}").status == 200
        assert other.opens(f"/demandes/{request.pk}/{page}").status == 404


def test_an_author_publishes_by_the_pages_alone() -> None:
    request = asked()
    answer(request)
    author = Person(request.author)
    author.sends(f"/demandes/{request.pk}/publier", when="maintenant")
    assert request in public()
    author.sends(f"/demandes/{request.pk}/lettres/preparer")
    number = request.shown.get(direction="IN").pk
    author.sends(
        f"/demandes/{request.pk}/lettres/{number}/masquer", words="Bonjour", everywhere="on"
    )
    author.sends(f"/demandes/{request.pk}/lettres/{number}/montrer")
    shown = request.shown.get(pk=number)
    assert shown.is_public
    assert "Bonjour" not in shown.text
    author.sends(f"/demandes/{request.pk}/lettres/{number}/retirer")
    shown.refresh_from_db()
    assert not shown.is_public
