"""Which facts of the census came from which posts: only what everybody may read."""

from __future__ import annotations

from collections.abc import Iterable

from contrechamp.forum.models import Post, PostClaim

from .access import visible_posts
from .events import visible_subjects

FACT = "claim"
"""The kind of subject that facts are."""


def facts_of(posts: Iterable[Post]) -> dict[int, list[str]]:
    """Return the public facts that were made of some posts: no question where none was proposed."""
    proposed = [post.pk for post in posts if post.claim]
    if not proposed:
        return {}
    rows = PostClaim.objects.filter(post__in=proposed).order_by("pk").values_list("post", "claim")
    pairs = list(rows)
    public = visible_subjects({(FACT, claim) for _, claim in pairs}, None)
    found: dict[int, list[str]] = {}
    for post, claim in pairs:
        if (FACT, claim) in public:
            found.setdefault(post, []).append(claim)
    return found


def post_of_fact(claim: str) -> Post | None:
    """Return the post that a fact came from, if everybody may read it."""
    return (
        visible_posts(None).filter(claims__claim=claim).select_related("thread", "author").first()
    )
