"""Which requests somebody may see, and which they may change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from contrechamp.foi.models import Request

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from contrechamp.accounts.models import User


def public() -> QuerySet[Request]:
    """Return what everybody may see: published, and about no source's dossier."""
    return Request.objects.filter(is_public=True, dossier="").select_related("body")


def visible_to(user: User | AnonymousUser) -> QuerySet[Request]:
    """Return what somebody may see: what is public, their own; editors see all."""
    if not user.is_authenticated:
        return public()
    rows = Request.objects.select_related("body")
    if user.is_editor:
        return rows
    return rows.filter(Q(is_public=True, dossier="") | Q(author=user))


def editable_by(user: User) -> QuerySet[Request]:
    """Return what somebody may change: their own; editors see to all, since answers come in."""
    rows = Request.objects.select_related("body", "requester")
    return rows if user.is_editor else rows.filter(author=user)


def may_edit(user: User | AnonymousUser, request: Request) -> bool:
    """Answer whether somebody may change a request."""
    return bool(user.is_authenticated and (request.author_id == user.pk or user.is_editor))
