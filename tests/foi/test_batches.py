"""One text to many bodies: chosen, checked, sent at a steady pace, stopped; the series is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrechamp.directory.models import Body, BodyName
from contrechamp.foi import services
from contrechamp.foi.domain.pasting import By, read_lines
from contrechamp.foi.models import Batch, Request
from contrechamp.foi.queries import batches
from contrechamp.foi.queries.drafting import findings
from contrechamp.foundation import jobs
from contrechamp.kernel.errors import Refused
from contrechamp.kernel.names import fold
from contrechamp.mail.models import Outgoing
from tests.people import Person

from .requests import NOW, body, draft

pytestmark = pytest.mark.django_db


def town(number: int) -> Body:
    row = body(f"Mairie de Bourg{number}", address=f"mairie@bourg{number}.example")
    BodyName.objects.create(body=row, name=row.name, folded=fold(f"Bourg{number}"))
    return row


def made(count: int) -> Batch:
    request = draft()
    keys = [town(number).pk for number in range(count - 1)]
    return services.make_batch(request, keys, actor=request.author, now=NOW)


def test_each_body_gets_a_draft_with_the_same_documents() -> None:
    batch = made(3)
    rows = list(batch.requests.all())
    assert len({row.body_id for row in rows}) == 3
    assert len({tuple(item.wording for item in row.items.all()) for row in rows}) == 1
    assert {row.state for row in rows} == {"DRAFT"}


def test_made_again_it_adds_only_what_is_new() -> None:
    batch = made(3)
    template = batch.requests.get(body__name="Mairie de Valbrume")
    keys = [*Body.objects.values_list("pk", flat=True), town(9).pk]
    again = services.make_batch(template, keys, actor=template.author, now=NOW)
    assert again.pk == batch.pk
    assert again.requests.count() == 4


def test_a_draft_without_a_body_takes_the_first() -> None:
    request = draft()
    services.write(request, actor=request.author, now=NOW, body_id=None)
    keys = [town(1).pk, town(2).pk]
    batch = services.make_batch(request, keys, actor=request.author, now=NOW)
    assert batch.requests.count() == 2
    assert not batch.requests.filter(body=None).exists()


def test_no_body_at_all_is_refused() -> None:
    request = draft()
    services.write(request, actor=request.author, now=NOW, body_id=None)
    with pytest.raises(Refused, match="au moins une"):
        services.make_batch(request, ["bod-0000000000"], actor=request.author, now=NOW)


def test_the_fifth_like_request_announces_the_series() -> None:
    four = made(4)
    request = four.requests.first()
    assert request
    assert "series" not in {each.code for each in findings(request, today=NOW.date())}
    services.make_batch(request, [town(8).pk], actor=request.author, now=NOW)
    request.refresh_from_db()
    assert "series" in {each.code for each in findings(request, today=NOW.date())}


def test_what_is_ready_is_queued_once_and_stopped_whole() -> None:
    batch = made(3)
    author = batch.author
    assert services.mark_batch_ready(batch, actor=author, now=NOW).done == 3
    assert services.mark_batch_ready(batch, actor=author, now=NOW).done == 0
    assert services.send_batch(batch, actor=author, now=NOW, most=2).done == 2
    assert services.send_batch(batch, actor=author, now=NOW).done == 1
    assert services.send_batch(batch, actor=author, now=NOW).done == 0
    assert batches.counts_of(batch).queued == 3
    assert services.stop_batch(batch, actor=author, now=NOW).done == 3
    assert set(Outgoing.objects.values_list("state", flat=True)) == {"RECALLED"}
    assert set(batch.requests.values_list("state", flat=True)) == {"DRAFT"}


def test_one_that_is_stopped_by_a_guard_does_not_hold_the_others() -> None:
    batch = made(3)
    Body.objects.filter(name="Mairie de Bourg1").update(is_subject_to_access=False)
    outcome = services.mark_batch_ready(batch, actor=batch.author, now=NOW)
    assert outcome.done == 2
    assert [row.body.name for row, _ in outcome.refused if row.body] == ["Mairie de Bourg1"]


def test_who_takes_no_mail_is_left_to_be_written_to_otherwise() -> None:
    request = draft()
    post = body("Mairie sans courriel", address="")
    post.addresses.create(kind="POST", value="1 place de l'Église\n99000 Exemple", made_at=NOW)
    batch = services.make_batch(request, [post.pk], actor=request.author, now=NOW)
    services.mark_batch_ready(batch, actor=request.author, now=NOW)
    assert services.send_batch(batch, actor=request.author, now=NOW).done == 1
    counts = batches.counts_of(batch)
    assert (counts.by_hand, counts.queued) == (1, 1)


def test_a_large_batch_goes_on_by_itself(django_capture_on_commit_callbacks: object) -> None:
    batch = made(14)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert services.ask_batch(batch, "ready", actor=batch.author, now=NOW).done == 0
    jobs.run_waiting()
    assert batches.counts_of(batch).ready == 14


def test_the_text_of_one_is_given_to_the_others() -> None:
    batch = made(3)
    first = batch.requests.order_by("pk")[0]
    services.write(first, actor=first.author, now=NOW, title="Un objet plus clair")
    assert services.rewrite_batch(batch, first, actor=first.author, now=NOW) == 2
    assert set(batch.requests.values_list("title", flat=True)) == {"Un objet plus clair"}


def test_one_is_taken_out() -> None:
    batch = made(3)
    row = batch.requests.order_by("pk")[0]
    services.take_out(batch, row, actor=row.author)
    assert batch.requests.count() == 2


def test_a_pasted_list_is_recognised_and_doubts_are_told() -> None:
    first, second = town(1), town(2)
    first.siren = "552081317"
    first.save()
    found = batches.pasted(f"Bourg2\n552 081 317\n{second.pk}\n\nZorglub\nBourg")
    assert [each.pk for each in found.bodies] == [second.pk, first.pk]
    assert [doubt.pasted.line for doubt in found.doubts] == ["Zorglub", "Bourg"]
    assert len(found.doubts[1].candidates) == 2


@given(st.lists(st.text(max_size=40), max_size=12))
def test_reading_a_list_twice_reads_the_same(lines: list[str]) -> None:
    once = read_lines("\n".join(lines))
    assert read_lines("\n".join(each.line for each in once)) == once


def test_a_code_in_any_column_wins_over_a_name() -> None:
    assert [each.by for each in read_lines("Nice;06088\nParis\t217500016")] == [By.INSEE, By.SIREN]


def test_a_member_makes_a_batch_and_sends_it(noor: Person) -> None:
    request = draft(noor.user)
    town(1), town(2)
    url = f"/demandes/{request.pk}/lot"
    look = noor.sends(url, pasted="Bourg1\nBourg2\nZorglub", act="look")
    assert "2 administrations reconnues" in look.text
    assert "inconnue de l'annuaire" in look.text or "inconnue de l&#x27;annuaire" in look.text
    keys = list(Body.objects.filter(name__contains="Bourg").values_list("pk", flat=True))
    answer = noor.sends(url, pasted="Bourg1", body=keys, act="make")
    page = noor.follows(answer)
    for name in ("Mairie de Bourg1", "Mairie de Bourg2", "Mairie de Valbrume"):
        assert name in page.text
    noor.sends(answer.location, act="ready")
    noor.sends(answer.location, act="send")
    assert Outgoing.objects.filter(state="QUEUED").count() == 3
    assert "part après" in noor.opens(answer.location).text
    noor.sends(answer.location, act="stop")
    assert Request.objects.filter(state="DRAFT").count() == 3


def test_a_batch_of_somebody_else_does_not_exist(marianne: Person) -> None:
    assert marianne.opens(f"/demandes/lots/{made(2).pk}").status == 404
