"""Meetings of a group, as calendars and feed readers take them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from contrechamp.accounts.models import Group, Meeting
from contrechamp.kernel.icalendar import Entry
from contrechamp.kernel.syndication import Feed, Item

MOST = 50


def entries(group: Group, page: str) -> Iterator[Entry]:
    """Yield a group's meetings for a calendar; a cancelled one says so in its place."""
    for meeting in group.meetings.order_by("starts_at"):
        day = localtime(meeting.starts_at).date()
        yield Entry(
            key=meeting.public_id,
            title=meeting.title,
            first=day,
            last=day,
            starts=meeting.starts_at,
            ends=meeting.ends_at,
            at=meeting.changed_at,
            place=meeting.place,
            description="\n\n".join(filter(None, [meeting.text, meeting.link])),
            url=page,
            sequence=meeting.edition,
            is_cancelled=meeting.cancelled_at is not None,
        )


def feed(group: Group, *, page: str, address: str, host: str) -> Feed:
    """Return a group's meetings as a feed."""
    newest = group.meetings.order_by("-changed_at")[:MOST]
    items = [_item(meeting, page) for meeting in newest]
    return Feed(
        title=group.name,
        key=f"groupe/{group.slug}",
        address=address,
        page=page,
        host=host,
        items=items,
    )


def _item(meeting: Meeting, page: str) -> Item:
    when = date_format(localtime(meeting.starts_at), "DATETIME_FORMAT")
    is_off = gettext("Annulé") if meeting.cancelled_at else ""
    parts = [is_off, when, meeting.place, meeting.text, meeting.link]
    return Item(
        key=meeting.public_id,
        title=meeting.title,
        url=f"{page}#{meeting.public_id}",
        summary=" — ".join(filter(None, parts)),
        published=meeting.made_at,
        updated=meeting.changed_at,
    )
