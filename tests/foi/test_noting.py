"""What happened is told on two short pages, corrected, taken back and put back."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contrechamp.foi import services
from contrechamp.foi.domain.facts import Kind
from contrechamp.foi.domain.states import State
from contrechamp.foi.models import FactRow, Request
from contrechamp.foi.queries.following import offered

from .requests import asked, at, record

pytestmark = pytest.mark.django_db


def _client(request: Request) -> Client:
    client = Client()
    client.force_login(request.author)
    return client


def _tell(request: Request, kind: Kind, **fields: object):  # type: ignore[no-untyped-def]
    url = reverse("foi:note", args=[request.pk])
    return _client(request).post(f"{url}?fait={kind}", fields)


@pytest.fixture(autouse=True)
def _in_february(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at("02-03"))


def test_only_what_is_possible_is_offered() -> None:
    request = asked()
    kinds = {kind for _, each in offered(request, now=at("02-03")) for kind in each}
    assert {Kind.ACKNOWLEDGED, Kind.REFUSED, Kind.NOTE} <= kinds
    assert not kinds & {Kind.CADA_FILED, Kind.CADA_OPINION, Kind.JUDGED, Kind.CLARIFIED}
    page = _client(request).get(reverse("foi:note", args=[request.pk])).content.decode()
    assert "Elle refuse, ou dit que rien n" in page
    assert "Le tribunal a jugé" not in page


def test_a_refusal_is_told_with_its_reasons_and_remedies() -> None:
    request = asked()
    answer = _tell(
        request, Kind.REFUSED, first="2026-02-02", proof="LETTER", remedies="yes",
        reasons=["L311-6-business"],
    )  # fmt: skip
    assert answer.status_code == 302
    row = FactRow.objects.get(kind=Kind.REFUSED)
    assert row.values == {"reasons": ["L311-6-business"], "remedies": True}
    request.refresh_from_db()
    assert request.state == State.REFUSED_EXPRESS


def test_a_day_may_be_between_two() -> None:
    request = asked()
    _tell(request, Kind.REFUSED, first="2026-01-28", last="2026-01-30", proof="SAID")
    row = FactRow.objects.get(kind=Kind.REFUSED)
    assert (str(row.first), str(row.last)) == ("2026-01-28", "2026-01-30")


def test_what_cannot_be_is_said_and_what_was_typed_stays() -> None:
    request = asked()
    answer = _tell(
        request, Kind.CADA_OPINION, first="2026-02-01", sense="favourable", proof="LETTER",
        number="20260001", note="vu sur leur site",
    )  # fmt: skip
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "n&#x27;a pas enregistré la saisine" in text
    assert "20260001" in text
    assert "vu sur leur site" in text
    assert not FactRow.objects.filter(kind=Kind.CADA_OPINION).exists()


def test_a_day_to_come_is_refused() -> None:
    answer = _tell(asked(), Kind.REFUSED, first="2026-02-20", proof="SAID")
    assert "pas encore venu" in answer.content.decode()


def test_a_scan_goes_to_the_library_private() -> None:
    request = asked()
    scan = SimpleUploadedFile("lettre.txt", b"Votre demande est rejetee.\n")
    _tell(request, Kind.REFUSED, first="2026-02-02", proof="LETTER", scan=scan)
    assert FactRow.objects.get(kind=Kind.REFUSED).document.startswith("doc-")


def test_a_correction_keeps_the_first_mention_and_counts_anew() -> None:
    request = record(asked(), Kind.REFUSED, "01-30")
    old = FactRow.objects.get(kind=Kind.REFUSED)
    url = reverse("foi:correct", args=[request.pk, old.pk])
    fields = {"first": "2026-01-31", "proof": "LETTER", "remedies": "no"}
    assert _client(request).post(url, fields).status_code == 302
    assert FactRow.objects.filter(kind=Kind.REFUSED).count() == 2
    answer = _client(request).post(url, fields)
    assert "déjà corrigée" in answer.content.decode()


def test_a_mention_is_taken_back_with_a_reason_and_put_back() -> None:
    request = record(asked(), Kind.REFUSED, "01-30")
    old = FactRow.objects.get(kind=Kind.REFUSED)
    client, url = _client(request), reverse("foi:take-back", args=[request.pk, old.pk])
    assert "Dites pourquoi" in client.post(url, {"why": " "}).content.decode()
    client.post(url, {"why": "mauvaise demande"})
    request.refresh_from_db()
    assert request.state == State.AWAITING
    page = client.get(reverse("foi:request", args=[request.pk])).content.decode()
    assert "La remettre" in page
    removal = FactRow.objects.get(corrects=old)
    client.post(reverse("foi:put-back", args=[request.pk, removal.pk]))
    request.refresh_from_db()
    assert request.state == State.REFUSED_EXPRESS
    again = client.post(reverse("foi:put-back", args=[request.pk, removal.pk]))
    assert again.status_code == 409


def test_a_withdrawal_stops_all_and_is_undone() -> None:
    request = asked()
    _tell(request, Kind.WITHDRAWN, first="2026-02-01")
    request.refresh_from_db()
    assert request.state == State.WITHDRAWN
    page = _client(request).get(reverse("foi:note", args=[request.pk])).content.decode()
    assert "annulez d'abord le retrait" in page
    row = FactRow.objects.get(kind=Kind.WITHDRAWN)
    services.take_back(row.pk, actor=request.author, now=at("02-03"), note="erreur")
    request.refresh_from_db()
    assert request.state == State.AWAITING


def test_each_fact_has_its_form() -> None:
    request = asked()
    url = reverse("foi:note", args=[request.pk])
    for kind in Kind:
        answer = _client(request).get(f"{url}?fait={kind}")
        is_elsewhere = kind in {Kind.READY, Kind.REOPENED, Kind.SENT, Kind.ACCEPTED}
        assert answer.status_code == (404 if is_elsewhere else 200), kind


def test_what_became_of_each_document_is_told_with_an_answer() -> None:
    request = asked()
    item = request.items.get()
    page = _client(request).get(f"{reverse('foi:note', args=[request.pk])}?fait=DOCUMENTS")
    assert '<option value="OBTAINED" selected>' in page.content.decode()
    _tell(
        request, Kind.DOCUMENTS, first="2026-02-02", proof="LETTER", **{f"item_{item.pk}": "MASKED"}
    )
    item.refresh_from_db()
    assert item.outcome == "MASKED"
