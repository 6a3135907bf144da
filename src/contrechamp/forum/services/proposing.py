"""Keeping which fact of the census was proposed from which post."""

from __future__ import annotations

from django.db import transaction

from contrechamp.forum.models import Post, PostClaim


@transaction.atomic
def note_proposed(post: Post, claim: str) -> None:
    """Note that a fact was proposed from a post. Both say so once everybody may read the fact."""
    PostClaim.objects.get_or_create(claim=claim, defaults={"post": post})
    Post.objects.filter(pk=post.pk).update(claim=claim)
