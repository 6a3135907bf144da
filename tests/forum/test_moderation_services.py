"""One decision is one transaction; reasons, flags, appeals, silences, emergencies, forgetting."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from contrechamp.accounts.domain import Role
from contrechamp.accounts.models import User
from contrechamp.accounts.queries import invitation_only_until, is_silenced
from contrechamp.forum.domain.appeals import NotYours
from contrechamp.forum.domain.delays import Alarm
from contrechamp.forum.domain.flags import LegalNotice
from contrechamp.forum.domain.reasons import NoReason
from contrechamp.forum.domain.states import State, WrongState
from contrechamp.forum.models import Action, Draft, Flag, Post
from contrechamp.forum.queries import journal
from contrechamp.forum.queries import moderation as queries
from contrechamp.forum.queries.access import may_moderate
from contrechamp.forum.services import (
    appealing,
    banning,
    emergency,
    flagging,
    moderating,
    tidying,
)
from contrechamp.kernel.errors import Refused, TooLate
from tests import make
from tests.forum import talk
from tests.forum.talk import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=5)


@pytest.fixture
def mod() -> User:
    return moderator("mod")


@pytest.fixture
def second() -> User:
    return moderator("seconde")


@pytest.fixture
def noor() -> User:
    return newcomer("noor")


def moderator(name: str) -> User:
    user = make.user(name)
    user.moderates = True
    user.save()
    return user


def newcomer(name: str) -> User:
    user = make.user(name)
    user.standing = User.Standing.QUEUED
    user.save()
    return user


def test_an_approved_post_gets_its_place(mod: User, noor: User) -> None:
    post = talk.post(noor)
    action = moderating.approve(post.pk, actor=mod, now=LATER)
    post.refresh_from_db()
    assert (post.state, post.n, post.published_at) == (State.PUBLISHED, 1, LATER)
    assert post.thread.published_count == 1
    assert (action.number, action.verb, action.user) == (1, "APPROVE", noor)


def test_the_second_approved_post_confirms(mod: User, noor: User) -> None:
    for _ in range(2):
        assert not User.objects.get(pk=noor.pk).is_confirmed
        moderating.approve(talk.post(noor).pk, actor=mod, now=LATER)
    assert User.objects.get(pk=noor.pk).is_confirmed


def test_nobody_decides_twice(mod: User, second: User, noor: User) -> None:
    post = talk.post(noor)
    moderating.approve(post.pk, actor=mod, now=LATER)
    with pytest.raises(WrongState):
        moderating.approve(post.pk, actor=second, now=LATER)
    assert Action.objects.count() == 1


def test_without_a_reason_a_post_stays_as_it_is(mod: User, noor: User) -> None:
    post = talk.post(noor)
    for verb in (moderating.remove, moderating.return_for_change):
        with pytest.raises(NoReason):
            verb(post.pk, reason="", actor=mod, now=LATER)
    post.refresh_from_db()
    assert post.state == State.PENDING
    assert not Action.objects.exists()


def test_a_returned_text_is_among_the_drafts(mod: User, noor: User) -> None:
    thread = talk.thread()
    Draft.objects.create(
        user=noor, key=f"new:board:{thread.board.slug}", source="déjà là", saved_at=NOW
    )
    post = talk.post(noor, "Accusation.", of=thread)
    moderating.return_for_change(post.pk, reason="UNSOURCED", actor=mod, now=LATER)
    draft = Draft.objects.get(user=noor)
    assert draft.source == "Accusation.\n\ndéjà là"
    assert draft.title == thread.title
    assert Post.objects.get(pk=post.pk).state == State.DRAFT


def test_who_does_not_moderate_decides_nothing(noor: User) -> None:
    post = talk.post(make.user("autre"))
    with pytest.raises(Refused):
        moderating.approve(post.pk, actor=noor, now=LATER)
    with pytest.raises(Refused):
        emergency.switch_on(hours=1, everybody_waits=False, actor=noor, now=NOW)


def test_a_group_moderates_its_own_board(noor: User) -> None:
    from contrechamp.accounts.models import Group, Membership

    group = Group.objects.create(slug="lyon", name="Lyon", made_at=NOW, changed_at=NOW)
    Membership.objects.create(group=group, user=noor, moderates=True, since=NOW.date())
    board = talk.board("lyon", group="lyon")
    mine = talk.post(make.user("a"), of=talk.thread(where=board))
    other = talk.post(make.user("b"))
    assert may_moderate(noor, board)
    assert not may_moderate(noor, other.thread.board)
    assert queries.moderates_somewhere(noor)
    assert not may_moderate(noor)
    assert [one.post for one in queries.queue(noor, NOW)] == [mine]
    moderating.approve(mine.pk, actor=noor, now=LATER)
    with pytest.raises(Refused):
        moderating.approve(other.pk, actor=noor, now=LATER)
    with pytest.raises(Refused):
        moderating.silence(other.author, hours=1, reason="SPAM", actor=noor, now=NOW)  # type: ignore[arg-type]


def test_ones_own_post_is_decided_by_somebody_else(mod: User, second: User) -> None:
    post = talk.post(mod)
    with pytest.raises(Refused, match="quelqu'un d'autre"):
        moderating.approve(post.pk, actor=mod, now=LATER)
    moderating.approve(post.pk, actor=second, now=LATER)


def test_five_confirmed_members_hide_a_post_until_it_is_reviewed(mod: User, noor: User) -> None:
    post = talk.post(noor, is_published=True)
    for number in range(6):
        user = make.user(f"c{number}") if number != 2 else newcomer("nouveau")
        if number < 5:
            flagging.flag(post, "HATE", "", actor=user, now=LATER)
            assert Post.objects.get(pk=post.pk).state == State.PUBLISHED
        else:
            flagging.flag(post, "SPAM", "", actor=user, now=LATER)
    post.refresh_from_db()
    assert (post.state, post.why) == (State.HIDDEN, "FLAGGED")
    assert post.thread.published_count == 0
    moderating.keep(post.pk, actor=mod, now=LATER)
    post.refresh_from_db()
    assert (post.state, post.n, post.thread.published_count) == (State.PUBLISHED, 1, 1)
    assert set(Flag.objects.values_list("state", flat=True)) == {"DISMISSED"}


def test_a_member_flags_a_post_once(mod: User, noor: User) -> None:
    post = talk.post(noor, is_published=True)
    first = flagging.flag(post, "SPAM", "", actor=mod, now=LATER)
    assert flagging.flag(post, "HATE", "dur", actor=mod, now=LATER).pk == first.pk
    with pytest.raises(Refused):
        flagging.flag(post, "SPAM", "", actor=noor, now=LATER)
    moderating.remove(post.pk, reason="HATE", actor=mod, now=LATER)
    assert Flag.objects.get().state == "UPHELD"
    with pytest.raises(Refused):
        flagging.flag(post, "SPAM", "", actor=mod, now=LATER)


def test_flags_are_limited(noor: User) -> None:
    posts = [talk.post(None, is_published=True) for _ in range(6)]
    for post in posts[:5]:
        flagging.flag(post, "SPAM", "", actor=noor, now=LATER)
    with pytest.raises(Refused):
        flagging.flag(posts[5], "SPAM", "", actor=noor, now=LATER)
    flagging.flag(posts[5], "SPAM", "", actor=noor, now=LATER + timedelta(days=1))


def notice(**changed: Any) -> LegalNotice:
    whole: dict[str, Any] = {
        "why": "Ce message donne mon adresse et le nom de mes enfants.",
        "address": "/forum/m/x/1",
        "name": "Une Personne",
        "email": "une@personne.fr",
        "is_exempt": False,
        "good_faith": True,
    }
    return LegalNotice(**(whole | changed))


def test_a_notice_is_followed_by_a_code_of_which_the_digest_alone_is_kept(mod: User) -> None:
    post = talk.post(None, is_published=True)
    row, code = flagging.give_notice(post, notice(), now=LATER)
    assert code not in str(Flag.objects.values())
    assert row.receipt == flagging.digest_of(code)
    anonymous, _ = flagging.give_notice(post, notice(is_exempt=True), now=LATER)
    assert (anonymous.notice["name"], anonymous.notice["email"]) == ("", "")
    moderating.remove(post.pk, reason="PRIVATE_DATA", actor=mod, now=LATER)
    row.refresh_from_db()
    assert row.state == "UPHELD"


def test_an_appeal_is_decided_by_somebody_who_did_not_act(
    mod: User, second: User, noor: User
) -> None:
    thread = talk.thread()
    posts = [talk.post(noor, of=thread, is_published=True) for _ in range(3)]
    action = moderating.remove(posts[1].pk, reason="OFF_TOPIC", actor=mod, now=LATER)
    with pytest.raises(Refused):
        appealing.appeal(action, "non", actor=second, now=LATER)
    appeal = appealing.appeal(action, "C'est le sujet.", actor=noor, now=LATER)
    with pytest.raises(Refused):
        appealing.appeal(action, "encore", actor=noor, now=LATER)
    with pytest.raises(NotYours):
        appealing.decide(appeal.pk, grants=False, answer="non", actor=mod, now=LATER)
    with pytest.raises(Refused):
        appealing.decide(appeal.pk, grants=True, answer=" ", actor=second, now=LATER)
    appealing.decide(appeal.pk, grants=True, answer="En effet.", actor=second, now=LATER)
    posts[1].refresh_from_db()
    thread.refresh_from_db()
    assert (posts[1].state, posts[1].n, posts[1].why) == (State.PUBLISHED, 2, "")
    assert thread.published_count == 3
    with pytest.raises(Refused):
        appealing.decide(appeal.pk, grants=True, answer="x", actor=second, now=LATER)
    line = next(one for one in journal.all_lines() if one.number == action.number)
    assert line.is_appealed
    assert line.is_undone
    assert not line.read_by_one


def test_a_single_moderator_decides_and_the_journal_says_so(mod: User, noor: User) -> None:
    post = talk.post(noor, is_published=True)
    action = moderating.remove(post.pk, reason="SPAM", actor=mod, now=LATER)
    appeal = appealing.appeal(action, "Non.", actor=noor, now=LATER)
    appealing.decide(appeal.pk, grants=False, answer="Si.", actor=mod, now=LATER)
    assert queries.is_alone(action)
    assert next(journal.all_lines()).read_by_one


def test_after_six_months_it_is_too_late(mod: User, noor: User) -> None:
    post = talk.post(noor, is_published=True)
    action = moderating.remove(post.pk, reason="SPAM", actor=mod, now=NOW)
    with pytest.raises(TooLate):
        appealing.appeal(action, "Non.", actor=noor, now=NOW + timedelta(days=190))


def test_an_undone_return_publishes(mod: User, second: User, noor: User) -> None:
    post = talk.post(noor)
    action = moderating.return_for_change(post.pk, reason="SPAM", actor=mod, now=LATER)
    appeal = appealing.appeal(action, "Non.", actor=noor, now=LATER)
    appealing.decide(appeal.pk, grants=True, answer="Oui.", actor=second, now=LATER)
    post.refresh_from_db()
    assert (post.state, post.n) == (State.PUBLISHED, 1)


def test_a_removal_is_taken_back_without_an_appeal(mod: User, noor: User) -> None:
    post = talk.post(noor, is_published=True)
    action = moderating.remove(post.pk, reason="SPAM", actor=mod, now=LATER)
    moderating.restore(post.pk, actor=mod, now=LATER)
    action.refresh_from_db()
    post.refresh_from_db()
    assert action.undone_by == mod
    assert (post.state, post.n) == (State.PUBLISHED, 1)


def test_silence_ends_by_itself_by_hand_and_by_appeal(mod: User, second: User, noor: User) -> None:
    for hours in (0, 31 * 24):
        with pytest.raises(Refused):
            moderating.silence(noor, hours=hours, reason="SPAM", actor=mod, now=NOW)
    action = moderating.silence(noor, hours=2, reason="SPAM", actor=mod, now=NOW)
    assert is_silenced(noor, NOW + timedelta(hours=1))
    assert not is_silenced(noor, NOW + timedelta(hours=2))
    moderating.end_silence(noor, actor=mod, now=NOW)
    assert not is_silenced(noor, NOW)
    action.refresh_from_db()
    assert action.undone_at == NOW
    action = moderating.silence(noor, hours=2, reason="SPAM", actor=mod, now=NOW)
    appeal = appealing.appeal(action, "Non.", actor=noor, now=NOW)
    appealing.decide(appeal.pk, grants=True, answer="Oui.", actor=second, now=NOW)
    assert not is_silenced(User.objects.get(pk=noor.pk), NOW)


def test_for_good_takes_two(mod: User, second: User, noor: User) -> None:
    with pytest.raises(Refused):
        banning.propose_ban(second, reason="SPAM", text="Des robots.", actor=mod, now=NOW)
    with pytest.raises(Refused):
        banning.propose_ban(noor, reason="SPAM", text=" ", actor=mod, now=NOW)
    proposal = banning.propose_ban(noor, reason="SPAM", text="Des robots.", actor=mod, now=NOW)
    with pytest.raises(Refused):
        banning.propose_ban(noor, reason="SPAM", text="Des robots.", actor=second, now=NOW)
    with pytest.raises(Refused, match="seconde personne"):
        banning.decide_ban(proposal.pk, grants=True, actor=mod, now=NOW)
    assert not is_silenced(User.objects.get(pk=noor.pk), NOW)
    banning.decide_ban(proposal.pk, grants=True, actor=second, now=NOW)
    noor.refresh_from_db()
    assert is_silenced(noor, NOW + timedelta(days=9999))
    assert noor.is_active, "who is silent for good can still export and leave"
    with pytest.raises(Refused):
        banning.decide_ban(proposal.pk, grants=True, actor=second, now=NOW)


def test_an_emergency_is_of_72_hours_at_most(mod: User, noor: User) -> None:
    emergency.switch_on(hours=48, everybody_waits=True, actor=mod, now=NOW)
    assert queries.everybody_waits(NOW + timedelta(hours=47))
    assert invitation_only_until(NOW) == NOW + timedelta(hours=48)
    later = NOW + timedelta(hours=40)
    with pytest.raises(Refused):
        emergency.switch_on(hours=48, everybody_waits=True, actor=mod, now=later)
    emergency.switch_on(hours=30, everybody_waits=False, actor=mod, now=later)
    assert not queries.everybody_waits(later)
    assert queries.emergency(NOW + timedelta(hours=71)) is None
    assert emergency.switch_off(actor=mod, now=later)
    assert emergency.switch_off(actor=mod, now=later) is None
    assert invitation_only_until(later) is None
    verbs = [line.verb for line in journal.all_lines()]
    assert verbs == ["PANIC", "CALM"]


def test_the_queue_is_oldest_first_and_in_a_day_by_score(mod: User, noor: User) -> None:
    old = talk.post(noor, "Une question sur le budget.", at=NOW - timedelta(days=2))
    plain = talk.post(noor, at=NOW - timedelta(hours=3))
    twin = talk.post(noor, "Achetez mes montres sur https://x.example maintenant", at=NOW)
    other = talk.post(noor, "Achetez mes montres sur https://x.example vite", at=NOW)
    found = queries.queue(mod, NOW)
    posts = [one.post for one in found]
    assert (posts[0], posts[-1]) == (old, plain)
    assert {one.post for one in found[1:3]} == {twin, other}
    assert found[0].is_late
    assert found[0].hours == 48


def test_the_delay_that_is_shown_is_that_of_the_table(mod: User, noor: User) -> None:
    assert queries.wait(NOW).oldest is None
    first = talk.post(noor, at=NOW - timedelta(hours=30))
    flagged = talk.post(noor, at=NOW - timedelta(days=90), is_published=True)
    flagging.flag(flagged, "SPAM", "", actor=make.user("x"), now=NOW - timedelta(hours=2))
    measured = queries.wait(NOW)
    assert (measured.waiting, measured.oldest, measured.median) == (2, timedelta(hours=30), None)
    moderating.approve(first.pk, actor=mod, now=NOW)
    moderating.keep(flagged.pk, actor=mod, now=NOW)
    measured = queries.wait(NOW)
    assert (measured.waiting, measured.decided, measured.median_hours) == (0, 2, 16)
    assert journal.by_month(NOW)[0].median_hours == 16


def test_an_alarm_goes_out_with_the_age_of_the_oldest(mod: User, noor: User) -> None:
    talk.post(noor, at=NOW - timedelta(hours=25))
    assert tidying.raise_alarm(NOW) is Alarm.MODERATORS
    assert tidying.raise_alarm(NOW + timedelta(hours=24)) is Alarm.ADMINISTRATORS
    assert tidying.raise_alarm(NOW - timedelta(hours=24)) is Alarm.NONE


def test_notes_and_who_reads_what(mod: User, second: User, noor: User) -> None:
    post = talk.post(noor)
    moderating.take(post.pk, actor=mod, now=NOW)
    assert queries.queue(second, NOW)[0].assignee == mod
    moderating.leave(post.pk, actor=mod)
    assert queries.queue(second, NOW)[0].assignee is None
    assert moderating.note(post.pk, " Je le connais. ", actor=mod, now=NOW).text == "Je le connais."
    with pytest.raises(Refused):
        moderating.note(post.pk, " ", actor=mod, now=NOW)


def test_what_nobody_read_is_published_only_where_it_is_wanted(
    mod: User, noor: User, settings: Any
) -> None:
    import dataclasses

    old = NOW - timedelta(hours=73)
    plain = talk.post(noor, at=old)
    talk.post(noor, "voir https://x.example", at=old)
    flagged = talk.post(noor, at=old)
    flagging.flag(flagged, "SPAM", "", actor=mod, now=NOW)
    talk.post(noor, at=NOW)
    assert tidying.publish_unread(NOW) == 0
    settings.CONTRECHAMP = dataclasses.replace(settings.CONTRECHAMP, forum_publish_unread=True)
    assert tidying.publish_unread(NOW) == 1
    plain.refresh_from_db()
    assert (plain.state, plain.queue_reason) == (State.PUBLISHED, "UNREAD")
    assert tidying.publish_unread(NOW) == 0


def test_what_its_time_is_over_for_is_forgotten_and_the_journal_stays(
    mod: User, noor: User
) -> None:
    refused = talk.post(noor)
    moderating.remove(refused.pk, reason="SPAM", actor=mod, now=NOW)
    removed = talk.post(noor, is_published=True)
    flagging.flag(removed, "SPAM", "note", actor=mod, now=NOW)
    action = moderating.remove(removed.pk, reason="SPAM", actor=mod, now=NOW)
    appeal = appealing.appeal(action, "Mon texte.", actor=noor, now=NOW)
    appealing.decide(appeal.pk, grants=False, answer="Non.", actor=mod, now=NOW)
    Draft.objects.create(user=noor, key="k", saved_at=NOW)
    before = list(journal.all_lines())
    assert not any(tidying.forget_old(NOW + timedelta(days=29)).values())
    counted = tidying.forget_old(NOW + timedelta(days=366))
    assert counted == {"rejected": 1, "drafts": 1, "flags": 1, "appeals": 1}
    assert not Post.objects.filter(pk=refused.pk).exists()
    appeal.refresh_from_db()
    assert appeal.text == ""
    after = [line.plain() | {"board": ""} for line in journal.all_lines()]
    assert after == [line.plain() | {"board": ""} for line in before]
    assert not any(tidying.forget_old(NOW + timedelta(days=366)).values())


def test_a_decision_that_fails_changes_nothing(mod: User, noor: User, monkeypatch: Any) -> None:
    post = talk.post(noor)

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(moderating, "tell_author", fails)
    with pytest.raises(RuntimeError), transaction.atomic():
        moderating.remove(post.pk, reason="SPAM", actor=mod, now=NOW)
    assert Post.objects.get(pk=post.pk).state == State.PENDING
    assert not Action.objects.exists()


def test_the_journal_says_nothing_of_texts_or_people(mod: User, noor: User) -> None:
    board = talk.board("cachee", members_only=True)
    thread = talk.thread("Titre très reconnaissable", where=board)
    post = talk.post(noor, "Texte très reconnaissable", of=thread, is_published=True)
    flagging.flag(post, "OTHER", "note reconnaissable", actor=make.user("signaleuse"), now=NOW)
    moderating.remove(post.pk, reason="OTHER", text="Mot à l'auteur.", actor=mod, now=NOW)
    said = str([line.plain() for line in journal.all_lines()])
    for private in ("reconnaissable", "noor", "signaleuse", "mod'", "Mot à", "cachee", "09:00"):
        assert private not in said
    assert Role.MEMBER not in said
