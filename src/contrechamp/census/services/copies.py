"""Evidence follows a document whose public copy takes its place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from contrechamp.census.models import Evidence

from .projection import refresh


@transaction.atomic
def cite_copy(original: str, copy: str, quotes: Mapping[str, str], *, now: datetime) -> None:
    """Let evidence on a content rest on its public copy; hidden words leave the quotes.

    `quotes` gives the words of each quote that moved. Facts are projected again, so that neither
    the hash of the sealed original nor a hidden word stays in what visitors read.
    """
    rows = Evidence.objects.filter(Q(document=original) | Q(archived=original))
    claims = set(rows.values_list("claim", flat=True))
    for evidence in rows:
        if evidence.quote in quotes:
            evidence.quote_text = quotes[evidence.quote]
        if evidence.document == original:
            evidence.document = copy
        if evidence.archived == original:
            evidence.archived = copy
        evidence.save(update_fields=["document", "archived", "quote_text"])
    if claims:
        refresh(claims=claims, now=now, is_quiet=True)
