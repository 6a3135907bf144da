from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from contrechamp.accounts.domain.notices import Scope
from contrechamp.accounts.queries.notices import wish_of

register = template.Library()


@register.inclusion_tag("accounts/watch_form.html", takes_context=True)
def watch_form(context: Context, scope: str, key: str, what: str) -> dict[str, Any]:
    """Let a member watch or mute what a page is about; a visitor costs no question and sees none.

    `{% watch_form "thread" thread.pk _("Ce fil") %}`.
    """
    user = context.get("user")
    if not getattr(user, "is_authenticated", False) or not key:
        return {"is_member": False}
    request = context.get("request")
    row = wish_of(user, Scope(scope), key)  # type: ignore[arg-type]
    return {
        "is_member": True,
        "what": what,
        "scope": scope,
        "key": key,
        "level": row.level if row else "",
        "here": request.get_full_path() if request else "",
        "csrf_token": context.get("csrf_token"),
    }
