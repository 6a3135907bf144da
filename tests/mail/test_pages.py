"""What an editor sees and does of the mail."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from contrechamp.mail import queries, services
from contrechamp.mail.domain.threads import Suggestion, Thread, Threads
from contrechamp.mail.models import Incoming, MailboxCheck, Outgoing
from contrechamp.mail.queries import inbox
from tests.mail.conftest import Set
from tests.mail.letters import NOW, THREAD, TOWN, answer, queued, sent
from tests.mail.servers import Post
from tests.people import Person

DAY = NOW + timedelta(days=1)
QUOTED = (
    "Voici <script>alert(1)</script> notre réponse.\n\n"
    "Le 2 mars 2031 à 11:00, Association a écrit :\n> Pourriez-vous nous communiquer\n> la liste\n"
)


@pytest.fixture(autouse=True)
def rooms(monkeypatch: pytest.MonkeyPatch, set_mail: Set, db: None) -> None:
    thread = Thread(key=THREAD, title="Caméras de Ville-Inventée", url="/projets")
    offer = Threads(
        prefix="req",
        find=lambda keys: [thread] if THREAD in keys else [],
        suggest=lambda letter: (
            [Suggestion(thread=thread, why="sender")] if letter.from_address == TOWN else []
        ),
    )
    monkeypatch.setattr(inbox, "offers", lambda: iter([offer]))


def taken(raw: bytes) -> Incoming:
    return services.take_in(raw, now=DAY).incoming


def test_a_message_is_filed_from_the_tray_by_one_click(amina: Person) -> None:
    incoming = taken(answer())
    page = amina.opens(reverse("mail:tray")).text
    assert "Votre demande" in page
    assert "Caméras de Ville-Inventée" in page
    decided = amina.sends(reverse("mail:decide", args=[incoming.pk]), act="file", thread=THREAD)

    assert "Caméras de Ville-Inventée" in amina.follows(decided).text
    assert queries.threads_of(incoming) == (THREAD,)
    assert "Rien à classer." in amina.opens(reverse("mail:tray")).text
    amina.sends(reverse("mail:decide", args=[incoming.pk]), act="unfile", thread=THREAD)
    assert queries.threads_of(incoming) == ()


def test_the_page_of_a_message_folds_what_is_quoted_and_runs_nothing(amina: Person) -> None:
    incoming = taken(answer(text=QUOTED))
    page = amina.opens(reverse("mail:message", args=[incoming.pk])).text

    assert "<script>alert" not in page
    assert "notre réponse." in page
    assert page.index("<summary>Texte cité</summary>") < page.index("la liste")


def test_the_raw_message_is_a_file_of_the_same_bytes(amina: Person) -> None:
    raw = answer()
    got = amina.opens(reverse("mail:raw", args=[taken(raw).pk]))

    assert got.content == raw
    assert got.headers["Content-Type"] == "application/octet-stream"
    assert got.headers["Content-Disposition"].startswith("attachment")


def test_what_is_refused_says_why_and_keeps_what_was_typed(amina: Person) -> None:
    incoming = taken(answer())
    url = reverse("mail:decide", args=[incoming.pk])
    refused = amina.sends(url, act="file", thread="req-0000000000")

    assert refused.status == 409
    assert "Aucun dossier ne s'appelle" in refused.text.replace("&#x27;", "'")
    assert 'value="req-0000000000"' in refused.text
    assert amina.sends(url, act="dance").status == 302


def test_an_unreadable_message_is_shown_with_its_next_try(amina: Person) -> None:
    incoming = taken(b"")
    page = amina.opens(reverse("mail:tray") + "?etat=illisibles").text
    assert "nouvel essai à" in page
    page = amina.opens(reverse("mail:message", args=[incoming.pk])).text
    assert "Relire maintenant" in page


def test_letters_wait_with_their_time_and_can_all_be_held(amina: Person) -> None:
    letter = queued()
    page = amina.opens(reverse("mail:outbox")).text
    assert "11:35" in page
    assert "Les envois sont coupés" in page
    amina.sends(reverse("mail:stop"))
    assert Outgoing.objects.get(pk=letter.pk).state == "RECALLED"


def test_a_letter_in_doubt_is_decided_by_a_person(amina: Person) -> None:
    letter = queued()
    Outgoing.objects.filter(pk=letter.pk).update(state="MAYBE", sending_at=DAY)
    assert "Elle est partie" in amina.opens(reverse("mail:outbox")).text
    amina.sends(reverse("mail:settle", args=[letter.pk]), act="left")
    assert Outgoing.objects.get(pk=letter.pk).state == "SENT"
    again = amina.sends(reverse("mail:settle", args=[letter.pk]), act="stayed")
    assert again.status == 409


def test_a_letter_shows_what_the_server_said(amina: Person, set_mail: Set, post: Post) -> None:
    set_mail(mail_live=True, mail=post.address)
    letter = sent()
    page = amina.opens(reverse("mail:letter", args=[letter.pk])).text

    assert "4F3A1B2C" in page
    assert "Pourriez-vous nous communiquer" in page
    raw = amina.opens(reverse("mail:letter-raw", args=[letter.pk])).content
    assert raw == queries.raw_of(letter.sha256)


def test_the_state_of_the_mailbox_is_said(amina: Person, set_mail: Set) -> None:
    assert "Aucune boîte aux lettres" in amina.opens(reverse("mail:mailbox")).text
    set_mail(mailbox="maildir:///n/existe/pas")
    assert "encore jamais été lue" in amina.opens(reverse("mail:mailbox")).text
    services.poll(clock=lambda: NOW)
    page = amina.opens(reverse("mail:mailbox")).text
    assert "incomplète" in page
    MailboxCheck.objects.update(ok=True, to_at=NOW.replace(year=2020))
    assert "Après 48 heures" in amina.opens(reverse("mail:tray")).text


def test_pages_are_whole_in_english(amina: Person) -> None:
    assert amina.user
    reader = Person(amina.user, language="en")
    incoming, letter = taken(answer()), queued()
    for url in (
        reverse("mail:tray"),
        reverse("mail:outbox"),
        reverse("mail:mailbox"),
        reverse("mail:message", args=[incoming.pk]),
        reverse("mail:letter", args=[letter.pk]),
    ):
        assert reader.opens(url).status == 200
    assert "junk" in reader.opens(reverse("mail:tray")).text.lower()
