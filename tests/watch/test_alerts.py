"""Alerts by mail: confirmed by who reads the address, ended without an account."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from contrechamp.accounts.domain import Role
from contrechamp.watch import services
from contrechamp.watch.models import Alert
from tests import make
from tests.people import Person
from tests.watch import invented

NOW = datetime(2025, 3, 10, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def ask(noor: Person, capture: DjangoCaptureOnCommitCallbacks) -> Alert:
    with capture(execute=True):
        noor.sends(
            "/actes/alertes/ajouter",
            address="noor@example.org",
            pace="daily",
            query="lieu=commune:83137&zorglub=1",
        )
    return Alert.objects.get()


def test_an_alert_tells_only_after_its_address_has_agreed(
    gazetteer: None,
    noor: Person,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    alert = ask(noor, django_capture_on_commit_callbacks)
    assert alert.key == "lieu=commune%3A83137"
    (asked,) = mail.outbox
    assert alert.token in asked.body
    assert services.send_digests(alert.made_at + timedelta(days=2)) == 0
    link = f"/actes/alertes/confirmer/{alert.token}"
    assert Person().opens(link).status == 200
    alert.refresh_from_db()
    assert alert.confirmed_at is None
    assert "confirmée" in Person().sends(link).text
    alert.refresh_from_db()
    assert alert.confirmed_at is not None


def test_a_digest_is_plain_and_tells_each_act_once(
    gazetteer: None,
    noor: Person,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    alert = ask(noor, django_capture_on_commit_callbacks)
    Alert.objects.update(confirmed_at=NOW, told_until=NOW)
    later = NOW + timedelta(hours=5)
    findings = [invented.video(), invented.shop()]
    services.take_in(findings, now=later)
    ids = [each["id"] for each in findings]
    services.accept(ids, actor=make.user("un", Role.EDITOR), now=later)
    services.publish(ids, reviewer=make.user("deux", Role.EDITOR), now=later)
    mail.outbox.clear()
    assert services.send_digests(later) == 0
    assert services.send_digests(NOW + timedelta(days=1)) == 1
    assert services.send_digests(NOW + timedelta(days=3)) == 0
    (sent,) = mail.outbox
    assert sent.to == ["noor@example.org"]
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert alert.token in sent.extra_headers["List-Unsubscribe"]
    assert "Collège des Platanes" in sent.body
    assert "Tournebride" not in sent.body
    assert sent.content_subtype == "plain"
    assert not re.search(r"<img|utm_", str(sent.body))


def test_the_link_of_a_mail_ends_an_alert_without_an_account(
    gazetteer: None,
    noor: Person,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    alert = ask(noor, django_capture_on_commit_callbacks)
    link = f"/actes/alertes/fin/{alert.token}"
    assert "Ne plus recevoir" in Person().opens(link).text
    assert Alert.objects.exists()
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Alert.objects.exists()


def test_an_alert_is_changed_and_removed_by_its_owner_alone(
    gazetteer: None,
    noor: Person,
    marianne: Person,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    alert = ask(noor, django_capture_on_commit_callbacks)
    door = f"/actes/alertes/{alert.pk}/changer"
    marianne.sends(door, remove="1")
    assert "noor@example.org" not in marianne.opens("/actes/alertes").text
    noor.sends(door, pace="weekly")
    alert.refresh_from_db()
    assert alert.pace == "weekly"
    noor.sends(door, remove="1")
    assert not Alert.objects.exists()


def test_an_instance_without_mail_offers_the_feed(noor: Person, settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # type: ignore[attr-defined]
    page = noor.opens("/actes/alertes").text
    assert "n'envoie pas de courriel" in page
    assert "/actes/flux.atom" in page
