"""Alerts by mail: confirmed by who reads the address, ended without an account."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoCaptureOnCommitCallbacks

from contrechamp.accounts.domain import Role
from contrechamp.accounts.models import User
from contrechamp.kernel.errors import Refused
from contrechamp.watch import services
from contrechamp.watch.domain.digest import is_reminded
from contrechamp.watch.models import Alert
from tests import make
from tests.people import Person
from tests.watch import invented

NOW = datetime(2025, 3, 10, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1, minutes=5)
"""A day, and the time in which what became public settles."""
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
    assert services.send_digests(NOW + DAY) == 1
    assert services.send_digests(NOW + 3 * DAY) == 0
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


def publish(findings: list[dict[str, object]], readers: tuple[User, User], now: datetime) -> None:
    """Let two people read findings and make them public."""
    services.take_in(findings, now=now)
    ids = [str(each["id"]) for each in findings]
    services.accept(ids, actor=readers[0], now=now)
    services.publish(ids, reviewer=readers[1], now=now)


@pytest.fixture
def readers(gazetteer: None) -> tuple[User, User]:
    return make.user("un", Role.EDITOR), make.user("deux", Role.EDITOR)


def alert_of(noor: Person, **values: object) -> Alert:
    """An alert of Noor's that was confirmed at NOW."""
    assert noor.user
    fields = {"subject": "acts", "key": "", "pace": "daily", "language": "fr"} | values
    return Alert.objects.create(
        account=noor.user,
        address="noor@example.org",
        token="f" * 40,
        told_until=NOW,
        made_at=NOW,
        confirmed_at=NOW,
        **fields,
    )


def mailed(now: datetime) -> str:
    """Send what is due and return the one mail that left, or nothing."""
    mail.outbox.clear()
    services.send_digests(now)
    assert len(mail.outbox) < 2
    said = f"{mail.outbox[0].subject}\n{mail.outbox[0].body}" if mail.outbox else ""
    return re.sub("[\u00a0\u202f]", " ", said)


def test_a_withdrawn_act_is_told_once_with_its_public_reason_and_nothing_of_what_it_said(
    noor: Person, readers: tuple[User, User]
) -> None:
    alert_of(noor)
    found = invented.video()
    publish([found], readers, NOW + timedelta(hours=1))
    assert "Collège des Platanes" in mailed(NOW + DAY)
    services.withdraw(
        [found["id"]],
        actor=readers[1],
        now=NOW + timedelta(days=1, hours=2),
        note="M. Untel s'est plaint",
        reason="wrong_place",
    )
    told = mailed(NOW + 2 * DAY)
    assert "Retiré : un acte dont notre courriel du 11 mars 2025 parlait" in told
    assert "Raison : le lieu était faux." in told
    assert "/actes/0000000000000001" in told
    assert "Platanes" not in told
    assert "Untel" not in told
    assert mailed(NOW + 4 * DAY) == ""
    page = Person().opens("/actes/0000000000000001").text
    assert "Raison : le lieu était faux." in page
    assert "Untel" not in page


def test_what_nobody_was_told_is_withdrawn_without_a_mail(
    noor: Person, readers: tuple[User, User]
) -> None:
    publish([invented.video()], readers, NOW - timedelta(days=9))
    alert_of(noor)
    services.withdraw([invented.video()["id"]], actor=readers[1], now=NOW, note="mal lue")
    assert mailed(NOW + DAY) == ""


def test_a_correction_is_told_once_and_says_what_was_corrected(
    noor: Person, readers: tuple[User, User]
) -> None:
    alert_of(noor)
    found = invented.video()
    publish([found], readers, NOW + timedelta(hours=1))
    assert "Caméras : 4." in mailed(NOW + DAY)
    later = NOW + timedelta(days=1, hours=2)
    services.withdraw([found["id"]], actor=readers[1], now=later, note="mal lue")
    cameras = {**found["cameras"], "outdoor": 9, "total": 12}
    services.correct(found["id"], {"cameras": cameras}, actor=readers[0], now=later)
    services.accept([found["id"]], actor=readers[0], now=later)
    services.publish([found["id"]], reviewer=readers[1], now=later)
    told = mailed(NOW + 2 * DAY)
    assert "Corrigés ou retirés" in told
    assert "Corrigé : Vidéoprotection" in told
    assert "Depuis notre courriel du 11 mars 2025, corrigé : nombre de caméras." in told
    assert "Caméras : 12." in told
    assert mailed(NOW + 4 * DAY) == ""


def test_what_is_taken_out_and_put_back_unchanged_is_no_news(
    noor: Person, readers: tuple[User, User]
) -> None:
    alert_of(noor)
    found = invented.video()
    publish([found], readers, NOW + timedelta(hours=1))
    assert mailed(NOW + DAY)
    later = NOW + timedelta(days=1, hours=2)
    services.withdraw([found["id"]], actor=readers[1], now=later, note="pour voir")
    services.accept([found["id"]], actor=readers[0], now=later)
    services.publish([found["id"]], reviewer=readers[1], now=later)
    assert mailed(NOW + 2 * DAY) == ""


def test_acts_open_to_challenge_come_at_once_then_new_ones_then_the_urgent(
    noor: Person,
    readers: tuple[User, User],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    publish([invented.video(1)], readers, NOW - timedelta(days=5))
    with django_capture_on_commit_callbacks(execute=True):
        noor.sends(
            "/actes/alertes/ajouter",
            address="noor@example.org",
            pace="daily",
            subject="open",
            key="departement=83&du=2020-01-01",
        )
    alert = Alert.objects.get()
    assert (alert.subject, alert.key) == ("open", "departement=83")
    services.confirm_alert(alert.token, now=NOW)
    told = mailed(NOW)
    assert told.startswith("Actes à contester, Var : 1 nouvelle")
    assert "54 jours pour contester." in told
    assert mailed(NOW + timedelta(hours=1)) == ""

    publish([invented.video(5)], readers, NOW + timedelta(hours=1))
    new = mailed(NOW + DAY)
    assert "/actes/0000000000000005" in new
    assert "/actes/0000000000000001" not in new

    near = datetime(2025, 4, 20, 9, 0, tzinfo=UTC)
    urgent = mailed(near)
    assert "Il ne reste que deux semaines" in urgent
    assert "13 jours pour contester." in urgent
    assert mailed(near + DAY) == ""


def test_mails_are_in_the_language_of_the_page_that_asked(
    noor: Person,
    readers: tuple[User, User],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    noor.browser.cookies["django_language"] = "en"
    alert = ask(noor, django_capture_on_commit_callbacks)
    assert alert.language == "en"
    assert mail.outbox[0].subject.startswith("Confirm the alert")
    assert "If it was you, confirm:" in mail.outbox[0].body
    services.confirm_alert(alert.token, now=NOW)
    publish([invented.video()], readers, NOW + timedelta(hours=1))
    told = mailed(NOW + DAY)
    assert "Video surveillance" in told
    assert "Cameras: 4." in told
    assert "No more of these mails, without an account:" in told
    assert "Publié" not in told


def test_the_page_that_ends_an_alert_is_in_the_language_of_its_mail(noor: Person) -> None:
    alert = alert_of(noor, language="en")
    door = f"/actes/alertes/fin/{alert.token}"
    page = Person().opens(door)
    assert '<html lang="en"' in page.text
    assert "Receive these mails no more" in page.text
    assert page.headers["Content-Language"] == "en"
    done = Person().sends(door)
    assert '<html lang="en"' in done.text
    assert not Alert.objects.exists()
    assert '<html lang="fr"' in Person().opens(door).text


def test_the_owner_changes_the_language_of_an_alert(noor: Person) -> None:
    alert = alert_of(noor)
    noor.sends(f"/actes/alertes/{alert.pk}/changer", pace="daily", language="en")
    alert.refresh_from_db()
    assert alert.language == "en"
    with pytest.raises(Refused, match="langue"):
        services.change_alert(alert.pk, owner=alert.account, pace="daily", language="tlh")


def test_a_subject_that_is_not_there_cannot_be_followed(noor: Person) -> None:
    for subject in ("search", "zorglub", "x" * 400):
        query = f"subject={subject}&key=rch-0000000000"
        assert noor.opens(f"/actes/alertes?{query}").status == 404
        sent = {"address": "noor@example.org", "pace": "daily"}
        door = "/actes/alertes/ajouter"
        assert noor.sends(door, subject=subject, key="rch-0000000000", **sent).status == 404
    assert not Alert.objects.exists()


@given(day=st.dates(date(2024, 1, 1), date(2026, 1, 1)), paces=st.lists(st.integers(1, 9)))
def test_a_safe_day_is_reminded_of_at_most_once_whenever_mails_leave(
    day: date, paces: list[int]
) -> None:
    told_on, times = date(2024, 1, 1), 0
    for pace in paces * 40:
        today = told_on + timedelta(days=pace)
        times += is_reminded(day, told_on, today)
        told_on = today
    assert times <= 1
