from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from contrechamp.accounts.forms import SignInForm

register = template.Library()


@register.inclusion_tag("accounts/sign_in_form.html", takes_context=True)
def sign_in_form(context: Context, after: str) -> dict[str, Any]:
    """Let somebody sign in on the page where they were writing, and go on there.

    `{% sign_in_form next %}`. What does not fit is told by the page of sign-in, which goes on too.
    """
    return {"form": SignInForm(), "next": after, "csrf_token": context.get("csrf_token")}
