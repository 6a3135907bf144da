"""Documents of the library that somebody may link to a fact."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from contrechamp.documents import queries as documents

if TYPE_CHECKING:
    from contrechamp.accounts.models import User

MOST = 20


def with_title(words: str, user: User) -> list[tuple[str, str]]:
    """Return the key and the title of documents whose title has these words, the newest first."""
    rows = documents.visible_to(user)
    for word in words.split()[:8]:
        rows = rows.filter(title__icontains=word)
    found = rows.order_by("-added_at", "pk").values_list("pk", "title")[:MOST]
    return [(key, title or gettext("sans titre")) for key, title in found]


def titles_of(keys: Sequence[str], user: User) -> dict[str, str]:
    """Return the titles of those of the documents that somebody may read."""
    rows = documents.visible_to(user).filter(pk__in=keys).values_list("pk", "title")
    return {key: title or gettext("sans titre") for key, title in rows}
