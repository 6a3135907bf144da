"""Replies and corrections, by anybody."""

from __future__ import annotations

from typing import Any

import pytest

from contrechamp.census import published, queries, services
from contrechamp.census.models import Notice
from contrechamp.kernel.errors import Refused
from tests.census import facts
from tests.census.facts import LATER, NOW, amina, claim, entity, marianne, noor

pytestmark = pytest.mark.django_db


def received(**more: Any) -> Notice:
    given: dict[str, Any] = {"kind": "REPLY", "text": "Non.", "received_on": NOW.date()}
    return services.receive_notice(**(given | more))


def answered(notice: Notice, **more: Any) -> Notice:
    given: dict[str, Any] = {"is_accepted": True, "answer": "Noté.", "is_public": True}
    return services.answer_notice(notice.pk, actor=amina(), now=LATER, **(given | more))


def test_a_reply_is_printed_once_it_is_accepted() -> None:
    made = facts.published(claim(entity("A"), "address", value="rue"))[0]
    notice = received(entity=made.subject, claim=made, capacity="dirigeante", contact="x@y.invalid")
    assert received(entity=made.subject, claim=made) == notice
    assert list(queries.notices_waiting(amina())) == [notice]
    assert list(queries.notices_waiting(noor())) == []
    assert published.get_record(made.subject_id).notices == ()

    answered(notice)
    (shown,) = published.get_record(made.subject_id).notices
    assert (shown["kind"], shown["text"], shown["answer"]) == ("REPLY", "Non.", "Noté.")
    assert "y.invalid" not in repr(shown)
    assert list(queries.notices_waiting(amina())) == []
    assert list(queries.notices_of(made.subject_id)) == [notice]
    assert queries.history_of(made.subject_id)[0].verb == "answer_notice"
    assert published.changes_of(made.subject_id)[0].what == "changed"


def test_what_is_refused_or_not_for_printing_is_not_printed() -> None:
    made = facts.published(claim(entity("A"), "address", value="rue"))[0]
    answered(received(entity=made.subject, text="1"), is_accepted=False)
    answered(received(entity=made.subject, text="2"), is_public=False)
    assert published.get_record(made.subject_id).notices == ()


def test_a_notice_needs_words_and_its_own_record() -> None:
    one, other = entity("A"), claim()
    for given in (
        {"kind": "SHOUT"},
        {"text": "  "},
        {"text": "x" * 20_001},
        {"claim": other},
    ):
        with pytest.raises(Refused):
            received(entity=one, **given)
    notice = received(entity=one)
    with pytest.raises(Refused):
        answered(notice, answer=" ")
    with pytest.raises(Refused):
        services.answer_notice(notice.pk, actor=marianne(), now=LATER, is_accepted=True, answer="x")


def test_one_writes_only_about_what_is_public() -> None:
    made = facts.published(claim(entity("A"), "address", value="rue"))[0]
    hidden = claim()
    assert queries.about_public(made.subject_id) == (made.subject, None)
    assert queries.about_public(made.subject_id, made.pk) == (made.subject, made)
    for record, fact in ((hidden.subject_id, ""), (made.subject_id, hidden.pk)):
        with pytest.raises(LookupError):
            queries.about_public(record, fact)
