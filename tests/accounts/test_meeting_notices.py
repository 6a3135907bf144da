"""Members of a group are told of its meetings: each edition once, the last one alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from contrechamp.accounts import queries, services
from contrechamp.accounts.domain.notices import Frequency
from contrechamp.accounts.models import Group, Meeting, Notice, User
from contrechamp.accounts.queries import notices as reads
from contrechamp.accounts.services import mailing, wishes
from tests import make
from tests.accounts.telling import wants

pytestmark = pytest.mark.django_db


def founded(by: User, *members: User) -> Group:
    group = services.make_group(
        actor=by, now=timezone.now(), name="Fontaines", entry=Group.Entry.OPEN
    )
    for each in members:
        services.join_group(group, each, now=timezone.now())
    return group


def meets(group: Group, by: User, meeting: Meeting | None = None, **more: object) -> Meeting:
    given = {"title": "Balade", "starts_at": timezone.now() + timedelta(days=3), **more}
    return services.set_meeting(group, meeting, actor=by, now=timezone.now(), **given)


def told(user: User) -> list[str]:
    """Return what somebody reads, its spaces plain."""
    rows = list(reads.notices_of(user, is_read=False))
    return [
        one.card.text.replace("\u202f", " ").replace("\xa0", " ")
        for group in reads.said(rows, user)
        for one in group.said
    ]


def unread(user: User) -> int:
    user.refresh_from_db()
    return user.unread_notices


def test_members_are_told_of_a_new_meeting_and_neither_its_author_nor_who_only_asks() -> None:
    noor, lea, out = make.user("noor"), make.user("lea"), make.user("out")
    group = founded(noor, lea)
    group.entry = Group.Entry.ASKED
    group.save()
    services.join_group(group, out, now=timezone.now())

    meets(group, noor)

    assert len(told(lea)) == 1
    assert told(lea)[0].startswith("Nouvelle rencontre : Balade, le ")
    assert told(noor) == told(out) == []


def test_a_change_and_a_cancelling_are_told_once_each_and_replace_what_was_told() -> None:
    noor, lea = make.user("noor"), make.user("lea")
    group = founded(noor, lea)
    meeting = meets(group, noor)

    meets(group, noor, meeting, title="Balade du soir", starts_at=meeting.starts_at)
    assert [text[:36] for text in told(lea)] == ["Rencontre modifiée : Balade du soir,"]
    assert unread(lea) == 1

    services.cancel_meeting(meeting, actor=noor, now=timezone.now())
    services.cancel_meeting(meeting, actor=noor, now=timezone.now())
    assert [text[:35] for text in told(lea)] == ["Rencontre annulée : Balade du soir,"]
    assert unread(lea) == 1


def test_the_same_form_sent_twice_changes_nothing_and_tells_nothing() -> None:
    noor, lea = make.user("noor"), make.user("lea")
    group = founded(noor, lea)
    meeting = meets(group, noor)

    again = meets(group, noor, meeting, starts_at=meeting.starts_at)

    assert again.edition == 0
    assert Notice.objects.filter(user=lea).count() == 1


def test_a_meeting_that_is_over_is_corrected_without_a_word() -> None:
    noor, lea = make.user("noor"), make.user("lea")
    group = founded(noor, lea)

    meets(group, noor, starts_at=timezone.now() - timedelta(days=2))

    assert told(lea) == []


def test_who_left_and_who_reads_of_a_closed_group_is_told_nothing_any_more() -> None:
    noor, lea, max_ = make.user("noor"), make.user("lea"), make.user("max")
    group = founded(noor, lea, max_)
    meets(group, noor)

    services.leave_group(group, lea)
    assert told(lea) == []
    services.close_group(group, actor=noor, now=timezone.now())
    assert told(max_) == []
    assert queries.find_group(group.slug) is None


def test_the_mail_says_no_more_than_its_reader_wants() -> None:
    noor, lea, max_ = make.user("noor"), make.user("lea"), make.user("max")
    wants(lea, frequency=Frequency.NOW, detail="nothing")
    wants(max_, frequency=Frequency.NOW, detail="full")
    group = founded(noor, lea, max_)

    meets(group, noor, place="Café des Fontaines", text="Apportez un plan.")
    mailing.send_due()

    by = {one.to[0]: one.body for one in mail.outbox}
    quiet, full = (next(body for to, body in by.items() if name in to) for name in ("lea", "max"))
    assert "Balade" not in quiet
    assert "Café des Fontaines" in full
    assert "Apportez un plan." in full


def test_who_mutes_a_group_stays_in_it_and_is_told_no_more_of_its_meetings() -> None:
    noor, lea, tom = make.user("noor"), make.user("lea"), make.user("tom")
    group = founded(noor, lea, tom)
    meets(group, noor)
    (notice,) = reads.said(list(reads.notices_of(lea, is_read=False)), lea)
    assert notice.can_mute
    wishes.mute_about(lea, notice.about, now=timezone.now())

    meets(group, noor, title="Une autre balade")

    assert len(told(lea)) == 1
    assert len(told(tom)) == 2
    (muted,) = reads.subscriptions_of(lea)
    assert (muted.title, muted.url) == ("Fontaines", f"/groupes/{group.slug}/")
