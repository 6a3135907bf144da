"""Papers that were made, and their files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q
from django.http import Http404

from contrechamp.foi.models import Paper
from contrechamp.foundation import store

from .access import editable_by

if TYPE_CHECKING:
    from contrechamp.accounts.models import User


def kept() -> store.Store:
    """Return the store of letters' PDFs: private, swept by nobody."""
    return store.FolderStore(settings.CONTRECHAMP.data / "foi" / "papers", mode=0o400)


def find_paper(key: str, user: User) -> Paper:
    """Return a paper of a request or a series that somebody sees to; `Http404` for any other."""
    mine = Q(request__in=editable_by(user))
    mine |= Q(series__isnull=False) if user.is_editor else Q(series__author=user)
    found = Paper.objects.select_related("request", "request__body", "series").filter(mine, pk=key)
    paper = found.first()
    if paper is None:
        raise Http404
    return paper


def cada_address() -> str:
    """Return where the CADA takes referrals by mail; empty: by its form, or by post."""
    return settings.CONTRECHAMP.cada_address.strip()
