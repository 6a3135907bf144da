"""Who is told of what is said in the forum, and what becomes of it when a post does."""

from __future__ import annotations

import pytest
from django.core import mail

from contrechamp.accounts import services as accounts
from contrechamp.accounts.domain.notices import Frequency, Level, Scope
from contrechamp.accounts.models import Notice, Subscription, User
from contrechamp.accounts.queries import notices as reads
from contrechamp.accounts.services import mailing
from contrechamp.accounts.services import notices as telling
from contrechamp.forum.domain.states import State
from contrechamp.forum.models import Board, Post, ThreadTag
from contrechamp.forum.services import arranging, moderating, placing, posting
from contrechamp.forum.shown.notices import NOTICES
from tests.accounts.telling import wants
from tests.forum import talking
from tests.forum.talking import NOW, later

pytestmark = pytest.mark.django_db


def told(user: User) -> list[str]:
    """Return what somebody reads among what is new, the oldest first."""
    rows = list(reads.notices_of(user, is_read=False))
    said = [one for group in reads.said(rows, user) for one in group.said]
    return [one.card.text for one in sorted(said, key=lambda one: one.id)]


def test_who_writes_in_a_thread_is_told_of_what_follows_and_not_of_their_own() -> None:
    lea, max_ = talking.member("lea"), talking.member("max")
    thread = talking.thread(lea)

    talking.reply(thread, max_)

    assert told(lea) == ["max a écrit"]
    assert told(max_) == []


def test_who_is_named_or_answered_is_told_once_and_of_that() -> None:
    lea, max_, ines = (talking.member(name) for name in ("lea", "max", "ines"))
    thread = talking.thread(lea)

    talking.reply(thread, max_, "Bonjour @ines, qu'en dis-tu ?", reply_to=1)

    assert told(lea) == ["max vous répond"]
    assert told(ines) == ["max vous nomme"]


def test_a_board_a_town_a_technology_and_a_thread_can_be_watched() -> None:
    lea = talking.member("lea")
    thread = talking.thread(lea)
    ThreadTag.objects.create(thread=thread, kind="place", key="commune:06088")
    ThreadTag.objects.create(thread=thread, kind="technology", key="drone")
    wishes = {
        Scope.BOARD: thread.board.slug,
        Scope.PLACE: "commune:06088",
        Scope.TECHNOLOGY: "drone",
        Scope.THREAD: thread.pk,
    }
    readers = {scope: talking.member(f"lit-{scope}") for scope in wishes}
    for scope, key in wishes.items():
        Subscription.objects.create(
            user=readers[scope], scope=scope, key=key, level=Level.WATCH, since=NOW.date()
        )

    talking.reply(thread, talking.member("max"))

    assert {scope: told(user) for scope, user in readers.items()} == {
        scope: ["max a écrit"] for scope in wishes
    }


def test_a_muted_thread_tells_nothing_not_even_to_who_is_named() -> None:
    lea, max_ = talking.member("lea"), talking.member("max")
    thread = talking.thread(lea)
    telling.mute(lea, Scope.THREAD, thread.pk, now=NOW)

    talking.reply(thread, max_, "@lea ?", reply_to=1)

    assert told(lea) == []


def test_who_is_blocked_tells_nothing_even_what_was_told_before() -> None:
    lea, max_ = talking.member("lea"), talking.member("max")
    thread = talking.thread(lea)
    talking.reply(thread, max_)
    accounts.block(lea, max_, now=NOW)
    talking.reply(thread, max_, "Encore")

    assert told(lea) == []
    assert Notice.objects.filter(user=lea).count() == 1


def test_a_post_that_waits_tells_nobody_until_it_is_approved_and_then_once() -> None:
    lea, neuf = talking.member("lea"), talking.member("neuf", confirmed=False)
    thread = talking.thread(lea)

    post = talking.reply(thread, neuf)
    assert told(lea) == []

    moderating.approve(post.pk, actor=talking.moderator(), now=later())
    posting.publish(post, now=later())
    assert told(lea) == ["neuf a écrit"]
    assert told(neuf) == ["Votre message a été relu\xa0: il est publié"]


def test_a_hidden_post_is_not_told_and_is_again_when_it_is_back() -> None:
    lea, max_ = talking.member("lea"), talking.member("max")
    thread = talking.thread(lea)
    post = talking.reply(thread, max_)

    placing.take_away(post, State.HIDDEN, "", now=later())
    lea.refresh_from_db()
    assert (told(lea), lea.unread_notices) == ([], 0)

    placing.place(post, now=later())
    lea.refresh_from_db()
    assert (told(lea), lea.unread_notices) == (["max a écrit"], 1)


def test_an_erased_post_leaves_no_notice() -> None:
    lea, max_ = talking.member("lea"), talking.member("max")
    post = talking.reply(talking.thread(lea), max_)

    placing.erase(post, now=later())

    assert not Notice.objects.filter(user=lea).exists()


def test_a_notice_follows_a_post_into_another_thread() -> None:
    lea, max_ = talking.member("lea"), talking.member("max")
    thread = talking.thread(lea)
    talking.reply(thread, max_)
    moved = talking.reply(thread, max_, "Autre chose")

    new = arranging.split(
        thread, [moved.n or 0], title="Un autre sujet", actor=talking.moderator(), now=later()
    )

    groups = reads.said(list(reads.notices_of(lea, is_read=False)), lea)
    assert {group.title for group in groups} == {thread.title, new.title}


def test_of_a_board_of_members_only_its_people_are_told() -> None:
    lea, max_, ines = (talking.member(name) for name in ("lea", "max", "ines"))
    thread = talking.thread(lea)
    Subscription.objects.create(
        user=ines, scope=Scope.BOARD, key=thread.board.slug, level=Level.WATCH, since=NOW.date()
    )
    Board.objects.filter(pk=thread.board_id).update(members_only=True, group="autre-groupe")
    post = Post.objects.create(
        thread=thread, author=max_, state=State.PENDING, source="x", created_at=NOW, changed_at=NOW
    )

    placing.place(post, now=NOW)

    assert not Notice.objects.filter(user=ines).exists()


def test_whom_a_decision_concerns_and_who_flagged_are_told_whatever_they_mute() -> None:
    lea, max_ = talking.member("lea"), talking.member("max")
    thread = talking.thread(lea)
    post = talking.reply(thread, max_, "Une accusation")
    telling.mute(max_, Scope.THREAD, thread.pk, now=NOW)
    from contrechamp.forum.services.flagging import flag

    flag(post, "OFF_TOPIC", "", actor=lea, now=later())
    moderating.remove(post.pk, reason="OFF_TOPIC", actor=talking.moderator(), now=later())

    assert any("hors sujet" in text for text in told(max_))
    assert "Votre signalement a conduit à une décision" in told(lea)


def test_a_mail_holds_the_text_only_while_it_may_be_read() -> None:
    lea, max_ = wants(talking.member("lea"), Frequency.NOW, "full"), talking.member("max")
    thread = talking.thread(lea)
    talking.reply(thread, max_, "Première pièce")
    second = talking.reply(thread, max_, "Deuxième pièce")
    placing.take_away(second, State.REMOVED, "off_topic", now=later())

    mailing.send_due(clock=later)

    (message,) = mail.outbox
    assert "Première pièce" in message.body
    assert "Deuxième" not in message.body


def test_what_can_be_told_and_watched_has_each_its_name() -> None:
    kinds = [offer.kind for offer in NOTICES if hasattr(offer, "kind")]
    assert len(kinds) == len(set(kinds))
    assert all(len(kind) <= 20 for kind in kinds)
