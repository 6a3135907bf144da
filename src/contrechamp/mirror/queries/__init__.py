"""Which copies of the site are known."""

from __future__ import annotations

from django.db.models import QuerySet

from contrechamp.mirror.models import KnownMirror


def mirrors() -> QuerySet[KnownMirror]:
    """Return the copies that an administrator has made known: everybody may see them."""
    return KnownMirror.objects.order_by("address")


def find_mirror(address: str) -> KnownMirror | None:
    """Return the copy at an address."""
    return KnownMirror.objects.filter(address=address).first()
