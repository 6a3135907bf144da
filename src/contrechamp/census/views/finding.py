"""How the doors of the census find what an address names, or say that there is nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.http import Http404, HttpRequest

from contrechamp.census import queries
from contrechamp.census.shown.evidence import evidence_of, with_crop
from contrechamp.census.shown.facts import ShownEvidence
from contrechamp.documents import queries as documents

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.census.models import Claim, Entity


def reader_of(request: HttpRequest) -> User:
    """Return who is signed in. Only for views that ask to sign in."""
    return cast("User", request.user)


def has_one_reviewer() -> bool:
    """Answer whether this observatory has chosen to be reviewed by one person."""
    return bool(settings.CONTRECHAMP.reviewers == 1)


def entity_or_404(request: HttpRequest, entity_id: str) -> Entity:
    """Return a record that the reader may work on."""
    entity = queries.entities_visible_to(reader_of(request)).filter(pk=entity_id).first()
    if entity is None:
        raise Http404
    return entity


def claim_or_404(request: HttpRequest, claim_id: str) -> Claim:
    """Return a claim that the reader may work on, with what its page shows."""
    claim = (
        queries.claims_visible_to(reader_of(request))
        .select_related("subject", "target", "made_by")
        .prefetch_related("evidence__checks__by")
        .filter(pk=claim_id)
        .first()
    )
    if claim is None:
        raise Http404
    return claim


def passage_of(request: HttpRequest, quote_id: str) -> ShownEvidence | None:
    """Return a quoted passage that the reader may read, with its picture, or None."""
    quote = documents.find_quote(quote_id) if quote_id else None
    if quote is None or documents.find_visible(quote.file_id, reader_of(request)) is None:
        return None
    raw = {
        "kind": "document",
        "document": quote.file_id,
        "page": quote.page_from,
        "quote": quote.id,
        "quote_text": quote.exact,
    }
    return with_crop(evidence_of(raw), public_only=False)
