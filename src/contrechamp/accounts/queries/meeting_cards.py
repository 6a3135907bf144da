"""What notices of a group's meetings say: when, where, and whether it still takes place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext

from contrechamp.accounts.domain.notices import Card
from contrechamp.accounts.models import Meeting, Membership, User
from contrechamp.foundation.words import written


def cards(ids: Sequence[str], user: User) -> Mapping[str, Card]:
    """Return cards of meetings by `meeting:edition`: the last edition alone, to the group's people.

    Who left the group, and who reads of a group that was closed, is told nothing.
    """
    asked = [id.rpartition(":")[0] for id in ids]
    inside = Membership.objects.filter(user=user, state=Membership.State.IN).values("group")
    rows = Meeting.objects.filter(public_id__in=asked, group__in=inside, group__closed_at=None)
    found = {f"{row.public_id}:{row.edition}": row for row in rows.select_related("group")}
    return {id: _card(found[id]) for id in ids if id in found}


def _card(meeting: Meeting) -> Card:
    page = reverse("accounts:group", args=[meeting.group.slug])
    at = written(localtime(meeting.starts_at), "j F Y, H:i")
    where = " — ".join(filter(None, [meeting.place, meeting.link]))
    return Card(
        text=_words(meeting).format(title=meeting.title, at=at),
        url=page,
        group=f"accounts:group:{meeting.group.slug}",
        title=meeting.group.name,
        group_url=page,
        body="\n\n".join(filter(None, [where, meeting.text])),
    )


def _words(meeting: Meeting) -> str:
    if meeting.cancelled_at:
        return gettext("Rencontre annulée : {title}, prévue le {at}")
    if meeting.edition:
        return gettext("Rencontre modifiée : {title}, le {at}")
    return gettext("Nouvelle rencontre : {title}, le {at}")
