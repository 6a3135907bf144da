"""Requests as threads are about them: who may see the request sees its threads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from contrechamp.foi.models import Request
from contrechamp.foi.queries import access
from contrechamp.foi.queries.published import REF
from contrechamp.forum.domain.subjects import SubjectCard, SubjectKind, after
from contrechamp.kernel.errors import gettext_noop


def _cards(keys: Sequence[str]) -> Mapping[str, SubjectCard]:
    rows = Request.objects.select_related("body").filter(pk__in=keys)
    return {
        one.pk: SubjectCard(
            title=one.title,
            url=reverse("foi:request", args=[one.pk]),
            lines=(one.body.name,) if one.body else (),
        )
        for one in rows
    }


def _visible(user: Any) -> Any:
    return access.visible_to(user or AnonymousUser()).select_related(None)


def _watchers(key: str) -> Iterable[int]:
    return Request.objects.filter(pk=key).values_list("author", flat=True)


SUBJECT = SubjectKind(
    kind="request",
    label=gettext_noop("demande de documents"),
    cards=_cards,
    visible=_visible,
    watchers=_watchers,
    named=after(REF),
    order=30,
)
