"""What can be done with a request, and what is refused."""

from __future__ import annotations

import pytest

from contrechamp.foi import services
from contrechamp.foi.domain.facts import Kind
from contrechamp.foi.domain.states import State
from contrechamp.foi.models import FactRow, Paper, Request
from contrechamp.foi.queries.facts import status_of
from contrechamp.kernel.errors import Refused, TooEarly
from contrechamp.mail.models import Outgoing

from .requests import NOW, asked, at, draft, record

pytestmark = pytest.mark.django_db


def test_a_draft_is_its_authors_until_it_leaves() -> None:
    request = draft()
    assert request.state == State.DRAFT
    services.mark_ready(request, actor=request.author, now=NOW)
    request.refresh_from_db()
    assert request.state == State.READY


def test_writing_it_anew_makes_a_draft_of_it() -> None:
    request = draft()
    services.mark_ready(request, actor=request.author, now=NOW)
    services.write(request, actor=request.author, now=NOW, title="Un autre objet")
    request.refresh_from_db()
    assert (request.title, request.state) == ("Un autre objet", State.DRAFT)


def test_without_a_document_it_is_not_ready() -> None:
    request = draft()
    services.write(request, actor=request.author, now=NOW, items=[])
    with pytest.raises(Refused, match="Aucun document"):
        services.mark_ready(request, actor=request.author, now=NOW)


def test_an_email_needs_an_identity() -> None:
    request = draft()
    services.write(request, actor=request.author, now=NOW, requester=None)
    with pytest.raises(Refused):
        services.mark_ready(request, actor=request.author, now=NOW)


def test_sending_queues_a_letter_with_its_pdf_and_waits() -> None:
    request = draft()
    services.mark_ready(request, actor=request.author, now=NOW)
    outgoing = services.send(request, actor=request.author, now=NOW)
    assert outgoing.thread == request.pk
    paper = Paper.objects.get(request=request)
    assert paper.message == outgoing.pk
    assert services.pdf_of(paper).startswith(b"%PDF-")
    assert "L.\u00a0311-7" in paper.text
    assert "L.\u00a0114-2" in paper.text
    request.refresh_from_db()
    assert request.state == State.READY
    assert request.identity["number"] == "W991234567"
    with pytest.raises(Refused, match="attend déjà"):
        services.send(request, actor=request.author, now=NOW)


def test_a_draft_cannot_leave() -> None:
    request = draft()
    with pytest.raises(Refused, match="marquez-la prête"):
        services.send(request, actor=request.author, now=NOW)


def test_what_left_as_a_file_is_sent_and_nothing_more() -> None:
    request = draft()
    services.mark_ready(request, actor=request.author, now=NOW)
    outgoing = services.send(request, actor=request.author, now=NOW)
    Outgoing.objects.filter(pk=outgoing.pk).update(
        state="SENT", sent_at=NOW, paris_day=NOW.date(), is_live=False
    )
    outgoing.refresh_from_db()
    services.on_sent(outgoing, actor=request.author, now=NOW)
    services.on_sent(outgoing, actor=request.author, now=NOW)
    request.refresh_from_db()
    assert request.state == State.SENT
    assert request.facts.filter(kind=Kind.SENT).count() == 1


def test_a_month_later_the_silence_waits_for_the_requesters_word() -> None:
    request = asked()
    status, blockers = status_of(request, now=at("02-16"))
    assert status.state is State.UNVERIFIED
    assert [each.code for each in blockers] == ["no_word"]
    record(request, Kind.NOTHING_CAME, "02-16")
    status, blockers = status_of(request, now=at("02-16"))
    assert status.state is State.REFUSED_SILENT
    assert blockers == ()


def test_a_word_said_before_the_month_was_over_counts_for_nothing() -> None:
    request = record(asked(), Kind.NOTHING_CAME, "02-01")
    assert status_of(request, now=at("02-16"))[0].state is State.UNVERIFIED


def test_a_day_that_comes_changes_the_cache() -> None:
    request = asked()
    assert request.state == State.AWAITING
    assert request.changes_on == at("01-17").date() or request.changes_on is not None
    services.derive_due(now=at("02-16"))
    request.refresh_from_db()
    assert request.state == State.UNVERIFIED


def test_the_cache_can_be_thrown_away() -> None:
    request = record(asked(), Kind.REFUSED, "02-01", values={"remedies": True})
    before = Request.objects.filter(pk=request.pk).values().get()
    Request.objects.filter(pk=request.pk).update(
        state="DRAFT", act_by=None, last_day=None, act_from=None, step="", changes_on=None,
        sent_on=None, first_answer_on=None, days_to_answer=None,
    )  # fmt: skip
    request.refresh_from_db()
    services.derive(request, now=at("02-01"))
    assert Request.objects.filter(pk=request.pk).values().get() == before
    assert request.days_to_answer == 17


def test_the_cada_is_not_seized_before_a_refusal() -> None:
    request = asked()
    with pytest.raises(TooEarly):
        record(request, Kind.CADA_FILED, "02-10")
    record(request, Kind.CADA_FILED, "02-20")


def test_the_court_is_not_seized_without_the_cada() -> None:
    request = asked()
    with pytest.raises(Refused, match="L342-1"):
        record(request, Kind.CLAIM_FILED, "03-01")


def test_the_court_waits_for_the_confirmed_refusal() -> None:
    request = record(asked(), Kind.CADA_FILED, "02-20")
    record(request, Kind.CADA_REGISTERED, "02-25")
    with pytest.raises(TooEarly):
        record(request, Kind.CLAIM_FILED, "04-01")
    record(request, Kind.CLAIM_FILED, "05-04")
    assert request.state == State.LITIGATION


def test_no_opinion_without_a_registration() -> None:
    request = record(asked(), Kind.CADA_FILED, "02-20")
    with pytest.raises(Refused, match="enregistr"):
        record(request, Kind.CADA_OPINION, "03-20")


def test_tomorrow_is_not_known() -> None:
    request = asked()
    with pytest.raises(TooEarly):
        services.record(
            request, Kind.REFUSED, first=at("03-01").date(), actor=request.author, now=at("02-01")
        )


def test_a_fact_taken_back_counts_no_more_and_stays_to_be_read() -> None:
    request = record(asked(), Kind.REFUSED, "02-01")
    assert request.state == State.REFUSED_EXPRESS
    row = FactRow.objects.get(request=request, kind=Kind.REFUSED)
    removal = services.take_back(
        row.pk, actor=request.author, now=at("02-02"), note="Autre dossier."
    )
    request.refresh_from_db()
    assert request.state == State.AWAITING
    assert FactRow.objects.filter(request=request, kind=Kind.REFUSED).count() == 2
    services.put_back(removal.pk, actor=request.author, now=at("02-03"))
    request.refresh_from_db()
    assert request.state == State.REFUSED_EXPRESS


def test_taking_back_needs_a_reason() -> None:
    request = record(asked(), Kind.REFUSED, "02-01")
    row = FactRow.objects.get(request=request, kind=Kind.REFUSED)
    with pytest.raises(Refused, match="pourquoi"):
        services.take_back(row.pk, actor=request.author, now=at("02-02"), note=" ")


def test_what_has_left_is_not_thrown_away() -> None:
    request = asked()
    with pytest.raises(Refused):
        services.throw_away(request, actor=request.author)
    kept = draft(request.author)
    services.throw_away(kept, actor=request.author)
    assert not Request.objects.filter(pk=kept.pk).exists()


def test_a_paper_letter_is_kept_to_be_read_and_then_decided() -> None:
    request = asked()
    reply = services.enter_letter(
        request,
        day=at("02-05").date(),
        text="Votre demande est rejetée.",
        actor=request.author,
        now=at("02-06"),
    )
    assert reply.state == "UNREAD"
    services.decide(
        reply, Kind.REFUSED, actor=request.author, now=at("02-06"), values={"remedies": False}
    )
    request.refresh_from_db()
    assert request.state == State.REFUSED_EXPRESS
    services.decide(reply, Kind.DOCUMENTS, actor=request.author, now=at("02-07"))
    request.refresh_from_db()
    assert request.state == State.SATISFIED
    services.decide(reply, None, actor=request.author, now=at("02-08"))
    request.refresh_from_db()
    assert request.state == State.AWAITING


def test_a_paper_letter_that_nobody_has_read_forbids_to_state_a_silence() -> None:
    request = record(asked(), Kind.NOTHING_CAME, "02-16")
    assert request.state == State.REFUSED_SILENT
    services.enter_letter(
        request, day=at("02-14").date(), text="Bonjour.", actor=request.author, now=at("02-17")
    )
    status, blockers = status_of(request, now=at("02-17"))
    assert status.state is State.UNVERIFIED
    assert [each.code for each in blockers] == ["unread_letter"]
