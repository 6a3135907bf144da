"""Windows of a territory as something to follow by mail: new ones, and those that soon end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext

from contrechamp.cases.forms.windows import query_of, read_filter
from contrechamp.cases.models import Window
from contrechamp.cases.queries import windows
from contrechamp.kernel.errors import gettext_noop
from contrechamp.watch.domain.digest import Line
from contrechamp.watch.domain.following import Followable

from .shown.windows import NEAR, about, shown, summary

MOST = 200
REF = "cases:window:"


def name(key: str, owner: int) -> str | None:
    """Return what an alert on windows is narrowed to; None for what is no such list."""
    wanted = read_filter(QueryDict(key))
    if query_of(wanted) != key or wanted.day or wanted.status:
        return None
    return about(wanted) or gettext("tout le pays")


def news(key: str, owner: int, since: datetime, until: datetime) -> Sequence[Line]:
    """Return the windows with seven days left or fewer since the last mail, then the new ones."""
    wanted, today = read_filter(QueryDict(key)), localdate(until)
    near = windows.near_their_end(wanted, localdate(since), today=today, before=since, most=MOST)
    new = windows.new_between(wanted, since, until, today=today, most=MOST)
    return [
        *_lines(near, until, gettext(NEAR)),
        *_lines(new, until, ""),
    ]


def _lines(rows: Sequence[Window], until: datetime, head: str) -> list[Line]:
    return [
        Line(
            title=one.title,
            url=one.row.url,
            summary=" ".join(filter(None, [head, summary(one)])),
            ref=f"{REF}{one.row.pk}",
        )
        for one in shown(rows, localdate(until))
    ]


FOLLOWED = Followable(
    subject="windows", name=name, news=news, words=gettext_noop("Délais ouverts : {name}")
)
"""The offer to the alerts of the watch."""
