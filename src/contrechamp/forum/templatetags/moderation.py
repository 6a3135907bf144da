"""The delay of moderation, and the emergency, where people write and on the first page."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from contrechamp.forum.domain.delays import ON_FRONT_PAGE
from contrechamp.forum.queries import moderation as queries
from contrechamp.forum.shown.moderation import span

register = template.Library()


@register.inclusion_tag("forum/wait.html")
def moderation_wait() -> dict[str, Any]:
    """Show what waits, since when, the median and the target."""
    wait = queries.wait(timezone.now())
    return {"wait": wait, "oldest": span(wait.oldest), "median": span(wait.median)}


@register.inclusion_tag("forum/emergency.html")
def moderation_emergency() -> dict[str, Any]:
    """Show the emergency while it lasts: to all."""
    return {"emergency": queries.emergency(timezone.now())}


@register.inclusion_tag("forum/late.html")
def moderation_late() -> dict[str, Any]:
    """Show that something has been waiting for a week; nothing otherwise."""
    now = timezone.now()
    since = queries.waiting_since(now - ON_FRONT_PAGE)
    return {"age": span(now - since) if since else ""}
