"""Actions as threads are about them: a case is its team's until it is public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from contrechamp.cases.models import Action
from contrechamp.cases.queries import access
from contrechamp.cases.queries.published import REF
from contrechamp.forum.domain.subjects import SubjectCard, SubjectKind, after
from contrechamp.kernel.errors import gettext_noop


def _cards(keys: Sequence[str]) -> Mapping[str, SubjectCard]:
    return {
        one.pk: SubjectCard(
            title=one.title,
            url=reverse("cases:action", args=[one.pk]),
            lines=(str(one.get_kind_display()), str(one.get_state_display())),
        )
        for one in Action.objects.filter(pk__in=keys)
    }


def _visible(user: Any) -> Any:
    return access.visible_to(user or AnonymousUser())


def _territories(key: str) -> Sequence[str]:
    return next(iter(Action.objects.filter(pk=key).values_list("territories", flat=True)), [])


SUBJECT = SubjectKind(
    kind="case",
    label=gettext_noop("action en justice"),
    cards=_cards,
    visible=_visible,
    places=_territories,
    named=after(REF),
    order=40,
)
