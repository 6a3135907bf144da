"""What can be done with local groups. Who looks after one decides who enters and what it says."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from contrechamp.accounts import queries
from contrechamp.accounts.domain.groups import NotYours, slug_of
from contrechamp.accounts.domain.notices import Scope
from contrechamp.accounts.models import Group, Meeting, Membership, User
from contrechamp.accounts.queries import notices as wishes
from contrechamp.kernel.errors import Refused, gettext_noop

from . import notices

State = Membership.State
FIELDS = ("name", "territory", "text", "entry")
MEETING = "group-meeting"
"""The kind of notice that tells a group's members of a meeting."""


@transaction.atomic
def make_group(*, actor: User, now: datetime, **values: Any) -> Group:
    """Found a group; its founder looks after it. A confirmed member may."""
    if not actor.is_confirmed:
        raise Refused(gettext_noop("Un membre confirmé peut fonder un groupe."))
    slug = slug_of(str(values["name"]))
    if Group.objects.filter(slug=slug).exists():
        raise Refused(gettext_noop("Un groupe a déjà ce nom, ou presque."))
    group = Group.objects.create(slug=slug, made_at=now, changed_at=now, **_of(values))
    Membership.objects.create(group=group, user=actor, moderates=True, since=now.date())
    return group


@transaction.atomic
def change_group(group: Group, *, actor: User, now: datetime, **values: Any) -> None:
    """Change what a group says of itself. Its address stays."""
    check_looks_after(group, actor)
    for name, value in _of(values).items():
        setattr(group, name, value)
    group.changed_at = now
    group.save()


@transaction.atomic
def close_group(group: Group, *, actor: User, now: datetime) -> None:
    """Close a group: its page and its calendar are gone."""
    check_looks_after(group, actor)
    group.closed_at = group.closed_at or now
    group.save(update_fields=["closed_at"])


@transaction.atomic
def join_group(group: Group, user: User, *, now: datetime, is_invited: bool = False) -> Membership:
    """Enter a group, or ask to where one must. Twice is once."""
    there = queries.membership_of(group, user)
    is_free = is_invited or group.entry == Group.Entry.OPEN
    if there is None:
        if group.entry == Group.Entry.INVITED and not is_invited:
            raise Refused(gettext_noop("On entre dans ce groupe par un lien d'invitation."))
        state = State.IN if is_free else State.ASKED
        return Membership.objects.create(group=group, user=user, state=state, since=now.date())
    if is_free and there.state == State.ASKED:
        there.state = State.IN
        there.save(update_fields=["state"])
    return there


@transaction.atomic
def leave_group(group: Group, user: User) -> None:
    """Leave, or ask no longer. The last who looks after a group with others in it stays."""
    there = queries.membership_of(group, user)
    if there is None:
        return
    _check_not_last(group, there)
    there.delete()


@transaction.atomic
def show_membership(group: Group, user: User, is_shown: bool) -> None:
    """Let the public read one's name on the group's page, or not."""
    Membership.objects.filter(group=group, user=user).update(is_shown=is_shown)


@transaction.atomic
def accept_member(group: Group, user: User, *, actor: User, now: datetime) -> None:
    """Let somebody in who asked."""
    check_looks_after(group, actor)
    Membership.objects.filter(group=group, user=user).update(state=State.IN, since=now.date())


@transaction.atomic
def put_out(group: Group, user: User, *, actor: User) -> None:
    """Take somebody out of a group, or say no to who asks."""
    check_looks_after(group, actor)
    leave_group(group, user)


@transaction.atomic
def let_look_after(group: Group, user: User, moderates: bool, *, actor: User) -> None:
    """Let a member look after a group too, or no longer."""
    check_looks_after(group, actor)
    there = queries.membership_of(group, user)
    if there is None or there.state != State.IN:
        return
    if not moderates:
        _check_not_last(group, there)
    there.moderates = moderates
    there.save(update_fields=["moderates"])


@transaction.atomic
def set_meeting(
    group: Group, meeting: Meeting | None, *, actor: User, now: datetime, **values: Any
) -> Meeting:
    """Add a meeting to a group's calendar, or change one: calendars take the highest edition."""
    check_looks_after(group, actor)
    ends = values.get("ends_at")
    if ends and ends <= values["starts_at"]:
        raise Refused(gettext_noop("La fin vient après le début."))
    if meeting is None:
        meeting = Meeting.objects.create(group=group, made_at=now, changed_at=now, **values)
        _tell_members(meeting, actor=actor, now=now)
        return meeting
    is_same = all(getattr(meeting, name) == value for name, value in values.items())
    if is_same and meeting.cancelled_at is None:
        return meeting
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting.changed_at, meeting.edition = now, meeting.edition + 1
    meeting.cancelled_at = None
    meeting.save()
    _tell_members(meeting, actor=actor, now=now)
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, actor: User, now: datetime) -> None:
    """Cancel a meeting: it stays in calendars, which say so."""
    check_looks_after(meeting.group, actor)
    if meeting.cancelled_at is None:
        meeting.cancelled_at = meeting.changed_at = now
        meeting.edition += 1
        meeting.save()
        _tell_members(meeting, actor=actor, now=now)


def _tell_members(meeting: Meeting, *, actor: User, now: datetime) -> None:
    """Tell who is in the group of a meeting that is to come, once for each of its editions.

    What was told of an edition before is shown and counted no more: a mail that still waits says
    where one really meets.
    """
    before = [f"{meeting.public_id}:{edition}" for edition in range(meeting.edition)]
    notices.hold(MEETING, before)
    if not queries.meetings_of(meeting.group, now).filter(pk=meeting.pk).exists():
        return
    inside = list(meeting.group.memberships.filter(state=State.IN).values_list("user", flat=True))
    muted = wishes.muting([(Scope.GROUP, meeting.group.slug)], inside)
    about = f"accounts:group:{meeting.group.slug}"
    key = f"{meeting.public_id}:{meeting.edition}"
    notices.tell(
        [user for user in inside if user not in muted],
        MEETING,
        MEETING,
        key,
        about=about,
        now=now,
        actor=actor,
    )


def check_looks_after(group: Group, actor: User) -> None:
    """Raise `NotYours` unless somebody looks after a group."""
    if not queries.looks_after(group, actor):
        raise NotYours(gettext_noop("Seules les personnes qui s'occupent du groupe le peuvent."))


def _check_not_last(group: Group, there: Membership) -> None:
    others = group.memberships.exclude(pk=there.pk).filter(state=State.IN)
    if there.moderates and others.exists() and not others.filter(moderates=True).exists():
        raise Refused(
            gettext_noop(
                "Vous êtes la dernière personne à s'occuper de ce groupe : confiez-le d'abord à "
                "quelqu'un."
            )
        )


def _of(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in FIELDS if name in values}
