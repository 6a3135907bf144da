"""How the doors of the census find what an address names, or say that there is nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext

from contrechamp.census import queries
from contrechamp.census.shown.evidence import evidence_of, with_crop
from contrechamp.census.shown.facts import ShownEvidence
from contrechamp.documents import queries as documents
from contrechamp.forum.domain.proposing import read_ref
from contrechamp.forum.queries.posts import find_post

if TYPE_CHECKING:
    from contrechamp.accounts.models import User
    from contrechamp.census.models import Claim, Entity
    from contrechamp.forum.models import Post


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


@dataclass(frozen=True, slots=True)
class ProposedPost:
    """A post of the forum that a fact is proposed from, as the form shows it."""

    post: Post
    author: str
    evidence: dict[str, Any]
    """What the form of the source begins with: link, who wrote it, the day."""


def post_of(request: HttpRequest) -> ProposedPost | None:
    """Return the post that a fact is proposed from; None without one.

    For members who are confirmed; a post that the reader may not read does not exist.
    """
    ref = request.GET.get("message", "")
    if not ref:
        return None
    reader = reader_of(request)
    thread, n = read_ref(ref)
    found = find_post(reader, thread, n) if thread and reader.is_confirmed else None
    if found is None or found.kind != found.Kind.MEMBER:
        raise Http404
    author = found.author.username if found.author else found.author_label
    who = gettext("{name}, sur le forum").format(name=author) if author else gettext("Le forum")
    return ProposedPost(
        post=found,
        author=author,
        evidence={
            "url": request.build_absolute_uri(found.address),
            "publisher": who,
            "retrieved_on": localdate(),
            "stance": "MENTIONS",
        },
    )
