"""Letters that came are read by a person; papers are made, and leave."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from email.message import EmailMessage

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contrechamp.foi import services
from contrechamp.foi.domain.facts import Kind
from contrechamp.foi.domain.states import State
from contrechamp.foi.models import FactRow, Paper, Reply, Request, ShownMessage
from contrechamp.foi.signals import refusal_confirmed
from contrechamp.mail import services as mail_services
from contrechamp.mail.models import Outgoing
from contrechamp.mail.queries import reply_address
from tests import make

from .requests import asked, at, record

pytestmark = pytest.mark.django_db
REFUSAL = (
    "Madame, Monsieur,\n\nLa communication de ces documents porterait atteinte à la sécurité "
    "publique : je ne peux donner suite à votre demande (article L. 311-5 du CRPA).\n\n"
    "Vous pouvez saisir la commission d'accès aux documents administratifs dans un délai de deux "
    "mois, voies et délais de recours.\n"
)


class Clock:
    """A day that a test sets."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now: datetime = at("02-03")
        monkeypatch.setattr(timezone, "now", lambda: self.now)

    def to(self, day: str) -> None:
        """Let it be a day."""
        self.now = at(day)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def _client(request: Request) -> Client:
    client = Client()
    client.force_login(request.author)
    return client


def _url(name: str, *args: object) -> str:
    return reverse(f"foi:{name}", args=args)


def _entered(request: Request, text: str = REFUSAL, *, scan: bool = False) -> Reply:
    fields: dict[str, object] = {"day": "2026-02-02", "text": text}
    if scan:
        fields["scan"] = SimpleUploadedFile("refus.txt", text.encode())
    _client(request).post(_url("enter-letter", request.pk), fields)
    return Reply.objects.latest("pk")


def test_a_paper_letter_is_entered_and_waits_to_be_read() -> None:
    request = asked()
    reply = _entered(request, scan=True)
    assert reply.document.startswith("doc-")
    page = _client(request).get(_url("request", request.pk)).content.decode()
    assert "Une lettre est à lire" in page
    request.refresh_from_db()
    assert request.state == State.AWAITING


def test_an_empty_letter_is_not_kept() -> None:
    request = asked()
    answer = _client(request).post(
        _url("enter-letter", request.pk), {"day": "2026-02-02", "text": ""}
    )
    assert "Recopiez la lettre" in answer.content.decode()
    assert not Reply.objects.exists()


def test_the_machine_marks_words_and_a_person_decides() -> None:
    request = asked()
    reply = _entered(request)
    url = _url("reply", request.pk, reply.pk)
    page = _client(request).get(url).content.decode()
    assert "<mark>" in page
    assert 'value="REFUSED" required id="id_kind_1" checked' in page or "checked" in page
    item = request.items.get()
    _client(request).post(
        url,
        {"kind": "REFUSED", "first": "2026-02-02", "remedies": "yes", "number": "",
         "reasons": ["L311-5-2d"], f"item_{item.pk}": "REFUSED"},
    )  # fmt: skip
    request.refresh_from_db()
    item.refresh_from_db()
    assert (request.state, item.outcome) == (State.REFUSED_EXPRESS, "REFUSED")
    assert FactRow.objects.get(kind=Kind.REFUSED).values["remedies"] is True


def test_a_letter_without_effect_changes_nothing() -> None:
    request = asked()
    reply = _entered(request, "Bulletin municipal.")
    _client(request).post(
        _url("reply", request.pk, reply.pk), {"kind": "nothing", "first": "2026-02-02"}
    )
    request.refresh_from_db()
    reply.refresh_from_db()
    assert (request.state, reply.state) == (State.AWAITING, "SET_ASIDE")


def test_an_opinion_needs_its_sense() -> None:
    request = record(asked(), Kind.REFUSED, "01-20")
    record(request, Kind.CADA_FILED, "01-21")
    record(request, Kind.CADA_REGISTERED, "01-22")
    reply = _entered(request, "La commission")
    answer = _client(request).post(
        _url("reply", request.pk, reply.pk), {"kind": "CADA_OPINION", "first": "2026-02-02"}
    )
    assert "Dites le sens" in answer.content.decode()


def test_a_reader_suggests_and_the_author_decides() -> None:
    request = asked()
    reply = _entered(request)
    reader, client = make.user("lectrice"), Client()
    client.force_login(reader)
    shown = ShownMessage.objects.create(
        request=request, reply=reply, direction="IN", day=reply.day, text="…", is_public=True,
        made_by=request.author, made_at=at("02-03"),
    )  # fmt: skip
    url = _url("suggest", request.pk, shown.pk)
    assert client.get(url).status_code == 404
    Request.objects.filter(pk=request.pk).update(is_public=True)
    assert client.post(url, {"kind": "REFUSED"}).status_code == 302
    request.refresh_from_db()
    assert request.state == State.AWAITING
    page = _client(request).get(_url("reply", request.pk, reply.pk)).content.decode()
    assert "Un lecteur de la page publique y voit" in page


def test_a_file_that_somebody_fetched_is_kept_private() -> None:
    request = asked()
    item = request.items.get()
    _client(request).post(
        _url("attach", request.pk),
        {"file": SimpleUploadedFile("contrat.txt", b"contrat\n"), "item": item.pk},
    )
    got = request.obtained.get()
    assert (got.item_id, got.document[:4]) == (item.pk, "doc-")
    page = Client().get(_url("request", request.pk))
    assert page.status_code == 404


def _paper(request: Request, slug: str, **fields: object) -> Paper:
    answer = _client(request).post(_url("compose", request.pk, slug), fields)
    assert answer.status_code == 302, answer.content.decode()
    return Paper.objects.get(pk=answer["Location"].rpartition("/")[2])


def test_a_reminder_says_that_it_stops_nothing() -> None:
    request = asked()
    act_by, state = request.act_by, request.state
    paper = _paper(request, "relance")
    assert "ne suspend ni n'interrompt aucun délai" in paper.text.replace("’", "'")
    _client(request).post(
        _url("paper", paper.pk), {"act": "gone", "day": "2026-02-02", "proof": "SAID"}
    )
    request.refresh_from_db()
    assert (request.act_by, request.state) == (act_by, state)
    assert FactRow.objects.filter(kind=Kind.FOLLOWED_UP).exists()


def test_a_reply_to_a_refusal_is_written_from_the_rules_and_rewritten() -> None:
    request = asked()
    reply = _entered(request)
    _client(request).post(
        _url("reply", request.pk, reply.pk), {"kind": "REFUSED", "first": "2026-02-02"}
    )
    page = _client(request).get(_url("compose", request.pk, "reponse")).content.decode()
    assert "occultation" in page
    paper = _paper(request, "reponse", paragraphs="Un premier point.\n\nUn second point.")
    assert "Un second point." in paper.text
    _client(request).post(_url("paper", paper.pk), {"act": "send"})
    letter = Outgoing.objects.get()
    assert (letter.state, letter.to_address) == ("QUEUED", "mairie@valbrume.example")
    _client(request).post(_url("paper", paper.pk), {"act": "recall"})
    letter.refresh_from_db()
    assert letter.state == "RECALLED"


def test_each_file_of_a_paper_opens() -> None:
    request = asked()
    paper = _paper(request, "relance")
    for form, start in (("pdf", b"%PDF"), ("odt", b"PK"), ("txt", b"Les Yeux"), ("zip", b"PK")):
        answer = _client(request).get(_url("paper-file", paper.pk, form))
        assert answer.content.startswith(start), form
    assert _client(request).get(_url("paper-file", paper.pk, "exe")).status_code == 404


def test_a_referral_without_the_copy_of_the_refusal_is_a_draft() -> None:
    request = record(asked(), Kind.REFUSED, "01-30")
    page = _client(request).get(_url("compose", request.pk, "cada")).content.decode()
    assert "Joignez la copie du refus" in page
    paper = _paper(request, "cada")
    assert paper.text.startswith("PROJET")
    answer = _client(request).post(
        _url("paper", paper.pk), {"act": "gone", "day": "2026-02-02", "proof": "SAID"}
    )
    assert "qu&#x27;un projet" in answer.content.decode()


def test_a_silence_needs_a_word_before_a_referral(clock: Clock) -> None:
    request = record(asked(), Kind.NOTE, "01-20")
    clock.to("02-20")
    services.derive(request, now=clock.now)
    page = _client(request).get(_url("compose", request.pk, "cada")).content.decode()
    assert "La CADA est saisie d" in page
    _client(request).post(f"{_url('note', request.pk)}?fait=NOTHING_CAME", {"first": "2026-02-20"})
    request.refresh_from_db()
    assert request.state == State.REFUSED_SILENT
    paper = _paper(request, "cada")
    assert "décision implicite de refus" in paper.text


def test_from_sending_to_a_confirmed_refusal(
    clock: Clock, django_capture_on_commit_callbacks: object
) -> None:
    told: list[str] = []

    def listen(sender: object, request: Request, **_: object) -> None:
        told.append(request.pk)

    refusal_confirmed.connect(listen)
    request = asked()
    client = _client(request)
    reply = _entered(request, "Nous accusons réception de votre demande, reçue le 15 janvier 2026.")
    client.post(
        _url("reply", request.pk, reply.pk),
        {"kind": "ACKNOWLEDGED", "first": "2026-01-20", "received": "2026-01-15",
         "remedies": "yes"},
    )  # fmt: skip
    reply = _entered(request, scan=True)
    client.post(_url("reply", request.pk, reply.pk), {"kind": "REFUSED", "first": "2026-02-02"})
    paper = _paper(request, "cada", paragraphs="Le contrat est communicable.")
    assert not paper.text.startswith("PROJET")
    bundle = client.get(_url("paper-file", paper.pk, "zip")).content
    with zipfile.ZipFile(io.BytesIO(bundle)) as kept:
        names = kept.namelist()
    assert {"lettre.pdf", "lettre.txt"} < set(names)
    assert any(name.startswith("refus-") for name in names)
    client.post(_url("paper", paper.pk), {"act": "gone", "day": "2026-02-03", "proof": "RECEIPT"})
    request.refresh_from_db()
    assert request.state == State.CADA_FILED
    clock.to("02-10")
    for kind, values in (
        ("CADA_REGISTERED", {"number": "20260001"}),
        ("CADA_OPINION", {"number": "20260001", "sense": "favourable"}),
    ):
        client.post(
            f"{_url('note', request.pk)}?fait={kind}",
            {"first": "2026-02-10", "proof": "LETTER", **values},
        )
    page = client.get(_url("request", request.pk)).content.decode()
    assert "<strong>L'avis de la CADA ne change aucune date du tribunal.</strong>" in page
    assert "20260001" in _paper(request, "apres-avis", number="20260001").text
    clock.to("04-14")
    client = _client(request)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        client.post(f"{_url('note', request.pk)}?fait=NOTHING_CAME", {"first": "2026-04-14"})
        services.derive(request, now=clock.now)
    request.refresh_from_db()
    assert request.state == State.REFUSAL_CONFIRMED
    assert told == [request.pk]
    assert "motifs" in _paper(request, "motifs").text
    assert "Chronologie" in _paper(request, "avocat").text.title()
    refusal_confirmed.disconnect(listen)


def test_a_file_that_the_cada_finds_incomplete_is_sent_again_and_filed_once(clock: Clock) -> None:
    request = record(asked(), Kind.REFUSED, "01-20")
    record(request, Kind.CADA_FILED, "01-21")
    record(request, Kind.CADA_ASKED_TO_COMPLETE, "01-28")
    row = FactRow.objects.get(kind=Kind.REFUSED)
    scan = SimpleUploadedFile("refus.txt", b"Refus.\n")
    _client(request).post(
        _url("correct", request.pk, row.pk),
        {"first": "2026-01-20", "proof": "LETTER", "scan": scan},
    )
    paper = _paper(request, "cada")
    _client(request).post(
        _url("paper", paper.pk), {"act": "gone", "day": "2026-02-02", "proof": "RECEIPT"}
    )
    request.refresh_from_db()
    assert request.state == State.CADA_INCOMPLETE
    assert FactRow.objects.filter(kind=Kind.CADA_FILED).count() == 1


def _mailed(request: Request, text: str) -> Reply:
    """Let an e-mail with a file come to a request."""
    message = EmailMessage()
    message["From"] = "Mairie <mairie@valbrume.example>"
    message["To"] = reply_address(request.pk)
    message["Subject"] = "Votre demande"
    message["Date"] = "Mon, 02 Feb 2026 10:00:00 +0100"
    message["Message-ID"] = "<1@valbrume.example>"
    message.set_content(text)
    message.add_attachment(b"un contrat\n", maintype="text", subtype="plain", filename="c.txt")
    taken = mail_services.take_in(message.as_bytes(), now=at("02-02"))
    reply = services.on_arrived(taken.incoming, request.pk, actor=request.author, now=at("02-02"))
    assert reply is not None
    return reply


def test_files_of_a_message_are_looked_at_and_kept() -> None:
    request = asked()
    reply = _mailed(request, "Vous trouverez ci-joint le contrat demandé.")
    url = _url("reply", request.pk, reply.pk)
    page = _client(request).get(url).content.decode()
    assert "c.txt" in page
    assert "pas d'antivirus ici" in page
    number = page.partition('name="part" value="')[2].partition('"')[0]
    got = _client(request).get(_url("reply-part", request.pk, reply.pk, number))
    assert got.content == b"un contrat\n"
    assert got["Content-Disposition"].startswith("attachment")
    item = request.items.get()
    _client(request).post(
        _url("keep-parts", request.pk, reply.pk), {"part": [number], "item": item.pk}
    )
    kept = request.obtained.get()
    assert (kept.part, kept.item_id, kept.message) == (number, item.pk, reply.message)
    assert "gardée" in _client(request).get(url).content.decode()


def test_a_link_that_expires_is_shown_and_never_opened() -> None:
    request = asked()
    reply = _mailed(
        request,
        "Les documents sont à télécharger ici : https://depot.valbrume.example/plis/42\n"
        "Ce lien expire le 12 février 2026.\n",
    )
    page = _client(request).get(_url("reply", request.pk, reply.pk)).content.decode()
    assert "https://depot.valbrume.example/plis/42" in page
    assert 'href="https://depot' not in page
    assert "12 février 2026" in page
