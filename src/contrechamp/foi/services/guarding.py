"""Keeping ready what drafts are compared with, so that looking takes no time."""

from __future__ import annotations

from contrechamp.documents import queries as documents
from contrechamp.foi.models import PrivateWords
from contrechamp.foi.queries.secrecy import packed, stale


def number_received(*, most: int = 200) -> int:
    """Number the words of received contents whose text is new; return how many. Twice: none."""
    done = 0
    for sha256, edition in list(stale().items())[:most]:
        PrivateWords.objects.update_or_create(
            file_id=sha256,
            defaults={"edition": edition, "digests": packed(documents.received_texts(sha256))},
        )
        done += 1
    return done
